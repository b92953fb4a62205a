package io.holdfast.balancing.signal;

/// A load report and when it came, in terms of [System#nanoTime()].
///
/// @param sinceNanos since when there have been reports without a gap of [#EXPIRY_NANOS]
public record ReceivedReport(LoadReport report, long atNanos, long sinceNanos) {
    /// How long a report is believed, as gRPC has it (gRFC A58: weight expiration period).
    public static final long EXPIRY_NANOS = 180_000_000_000L;

    /// How long reports have to have come before they are acted on (gRFC A58: blackout period), so
    /// that a new instance is not judged by its first seconds.
    public static final long BLACKOUT_NANOS = 10_000_000_000L;

    public boolean fresh(long nowNanos) {
        return nowNanos - atNanos < EXPIRY_NANOS;
    }

    public boolean usable(long nowNanos) {
        return fresh(nowNanos) && nowNanos - sinceNanos >= BLACKOUT_NANOS;
    }

    long usableSince(long nextNanos) {
        return fresh(nextNanos) ? sinceNanos : nextNanos;
    }
}
