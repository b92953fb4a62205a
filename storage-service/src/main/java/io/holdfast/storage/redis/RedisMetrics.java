package io.holdfast.storage.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what callers do not see of Redis. Thread-safe.
final class RedisMetrics {
    private final Counter repeated;

    RedisMetrics(MeterRegistry meters) {
        this.repeated = Counter.builder("holdfast.storage.redis.repeated")
                .description("Commands sent again because Redis was changing over or out of reach")
                .register(meters);
    }

    void repeated(int commands) {
        repeated.increment(commands);
    }
}
