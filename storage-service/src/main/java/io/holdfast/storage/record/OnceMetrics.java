package io.holdfast.storage.record;

import io.holdfast.storage.api.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Counts writes that are to take place once: how many are kept, how many came again, and how many
/// came with a key that belongs to another one. Thread-safe.
final class OnceMetrics {
    private final Counter kept;
    private final Counter repeated;
    private final Counter reused;

    OnceMetrics(MeterRegistry meters) {
        kept = counter(meters, "kept");
        repeated = counter(meters, "repeated");
        reused = counter(meters, "reused");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("holdfast.storage.idempotency")
                .description("Writes that are to take place once")
                .tag("outcome", outcome)
                .register(meters);
    }

    void count(List<? extends Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.First(Outcome first)) {
                if (first instanceof Outcome.Stored
                        || first instanceof Outcome.Removed
                        || first instanceof Outcome.Unconfirmed) {
                    kept.increment();
                }
            } else if (outcome instanceof Outcome.Repeated) {
                repeated.increment();
            } else if (outcome instanceof Outcome.KeyReused) {
                reused.increment();
            }
        }
    }
}
