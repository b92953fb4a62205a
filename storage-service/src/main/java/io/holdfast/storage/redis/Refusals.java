package io.holdfast.storage.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers that Redis refused writes, which reads and the reachability of servers do not tell. Thread-safe.
public final class Refusals {
    private final Map<RedisFault.Refusal, Counter> counters = new EnumMap<>(RedisFault.Refusal.class);
    private volatile @Nullable Last last;

    private record Last(String detail, long nanos) {}

    Refusals(MeterRegistry meters) {
        for (RedisFault.Refusal refusal : RedisFault.Refusal.values()) {
            counters.put(
                    refusal,
                    Counter.builder("holdfast.storage.redis.refused")
                            .description("Commands that Redis refused because it takes no writes")
                            .tag(
                                    "reason",
                                    refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(meters));
        }
    }

    void note(RedisFault fault) {
        Counter counter = fault.refusal() == null ? null : counters.get(fault.refusal());
        if (counter != null) {
            counter.increment();
            last = new Last(fault.detail(), System.nanoTime());
        }
    }

    /// Why a write was refused lately, for people.
    ///
    /// @param within how long ago at most
    public Optional<String> reason(Duration within) {
        Last latest = last;
        return latest == null || System.nanoTime() - latest.nanos() > within.toNanos()
                ? Optional.empty()
                : Optional.of(latest.detail());
    }
}
