package io.holdfast.balancing.signal;

import org.jspecify.annotations.Nullable;

/// A load report and when it came, in terms of [System#nanoTime()], and what it and those before it say together.
///
/// Of one report alone, requests ÷ utilisation means little where there were few requests: one of a tenth of the usual
/// work makes an instance look ten times as able, and an instance that just came back after an ejection has few. So
/// both are summed up over the time of the reports, and old ones fade. A time without reports fades nothing: what was
/// known of an instance before its ejection is still the best that is known afterwards.
///
/// @param sinceNanos since when there have been reports without a gap of [#EXPIRY_NANOS]
/// @param reportedInFlight the reported number of that name; 0 where there is none
/// @param requests a second, each report by its time
/// @param load utilisation and share of errors, likewise
public record ReceivedReport(
        LoadReport report, long atNanos, long sinceNanos, double reportedInFlight, double requests, double load) {
    /// How long a report is believed, as gRPC has it (gRFC A58: weight expiration period).
    public static final long EXPIRY_NANOS = 180_000_000_000L;

    /// How long reports have to have come before they are acted on (gRFC A58: blackout period), so
    /// that a new instance is not judged by its first seconds.
    public static final long BLACKOUT_NANOS = 10_000_000_000L;

    /// How long a reported number of requests in flight means anything.
    private static final long IN_FLIGHT_NANOS = 1_500_000_000L;

    /// In this time old reports fade to a third.
    private static final double FADING_NANOS = 5e9;

    /// For so long a report is taken to hold, unless the next one comes sooner.
    private static final long HOLDS_NANOS = 1_000_000_000L;

    /// @param before the one that came before; null for the first
    static ReceivedReport of(LoadReport report, long atNanos, @Nullable ReceivedReport before) {
        double inFlight = report.named(LoadReport.IN_FLIGHT);
        boolean idle = report.rps() == 0 || report.utilisation() == 0;
        double load = idle ? 0 : report.utilisation() + report.eps() / report.rps();
        double requests = idle ? 0 : report.rps();
        if (before == null || !before.fresh(atNanos)) {
            return new ReceivedReport(report, atNanos, atNanos, inFlight, requests * HOLDS_NANOS, load * HOLDS_NANOS);
        }
        double held = Math.clamp(atNanos - before.atNanos, 0, HOLDS_NANOS);
        double kept = idle ? 1 : Math.exp(-held / FADING_NANOS);
        return new ReceivedReport(
                report,
                atNanos,
                before.sinceNanos,
                inFlight,
                before.requests * kept + requests * held,
                before.load * kept + load * held);
    }

    /// How many requests a second the instance could serve when full; 0 where that is not known.
    public double capacity() {
        return load == 0 ? 0 : requests / load;
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
}
