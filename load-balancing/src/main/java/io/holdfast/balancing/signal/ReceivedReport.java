package io.holdfast.balancing.signal;

/// A load report and when it came, in terms of [System#nanoTime()].
///
/// @param sinceNanos since when there have been reports without a gap of [#EXPIRY_NANOS]
/// @param reportedInFlight the reported number of that name; 0 where there is none
public record ReceivedReport(LoadReport report, long atNanos, long sinceNanos, double reportedInFlight) {
    /// How long a report is believed, as gRPC has it (gRFC A58: weight expiration period).
    public static final long EXPIRY_NANOS = 180_000_000_000L;

    /// How long reports have to have come before they are acted on (gRFC A58: blackout period), so
    /// that a new instance is not judged by its first seconds.
    public static final long BLACKOUT_NANOS = 10_000_000_000L;

    /// How long a reported number of requests in flight means anything.
    private static final long IN_FLIGHT_NANOS = 1_500_000_000L;

    static ReceivedReport of(LoadReport report, long atNanos, long sinceNanos) {
        return new ReceivedReport(report, atNanos, sinceNanos, report.named(LoadReport.IN_FLIGHT));
    }

    double inFlight(long nowNanos) {
        return nowNanos - atNanos < IN_FLIGHT_NANOS ? reportedInFlight : 0;
    }

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
