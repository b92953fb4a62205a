package io.holdfast.storage.lineage;

import io.holdfast.storage.api.Durability;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Counts failovers, and what this service acknowledged and they lost. Thread-safe.
final class FailoverMetrics {
    private final Counter failovers;
    private final Counter failures;
    private final Map<Durability, Counter> lost = new EnumMap<>(Durability.class);

    FailoverMetrics(MeterRegistry meters) {
        this.failovers = Counter.builder("holdfast.storage.failovers")
                .description("Changes of a primary, or of its incarnation, that this service noticed")
                .register(meters);
        this.failures = Counter.builder("holdfast.storage.failovers.unseen")
                .description("Looks for failovers that did not reach all partitions")
                .register(meters);
        for (Durability level : Durability.values()) {
            lost.put(
                    level,
                    Counter.builder("holdfast.storage.failover.lost")
                            .description("Writes that this service acknowledged and a failover lost")
                            .tag("level", level.label())
                            .register(meters));
        }
    }

    void failover() {
        failovers.increment();
    }

    void lost(Map<Durability, Integer> writes) {
        writes.forEach((level, count) -> Objects.requireNonNull(lost.get(level)).increment(count));
    }

    void failed() {
        failures.increment();
    }
}
