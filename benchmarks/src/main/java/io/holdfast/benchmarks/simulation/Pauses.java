package io.holdfast.benchmarks.simulation;

import java.time.Duration;

/// When a gateway stands still, as one does whose machine has no time for it or whose memory is collected. All that
/// it has in flight takes longer then, whoever works for it.
///
/// @param length of each; none where it is zero
/// @param every from the beginning of one to that of the next
record Pauses(Duration length, Duration every) {
    static final Pauses NONE = new Pauses(Duration.ZERO, Duration.ofSeconds(1));

    Pauses {
        if (length.isNegative() || length.compareTo(every) >= 0) {
            throw new IllegalArgumentException(
                    "Pauses of %s every %s. They have to be shorter than what is between them."
                            .formatted(length, every));
        }
    }

    /// How long the pause at that moment still lasts; 0 where there is none.
    long restAt(long nowNanos) {
        return Math.max(0, length.toNanos() - nowNanos % every.toNanos());
    }
}
