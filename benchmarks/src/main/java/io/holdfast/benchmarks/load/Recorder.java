package io.holdfast.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Counts outcomes and records latencies of successes. Belongs to one thread.
///
/// Failures have no latency here: one that comes in a millisecond would make a service look fast. They
/// are counted by kind instead, and a result has to be read with them.
final class Recorder {
    /// Three digits, up to 10 minutes.
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private final Histogram lateness = new Histogram(HIGHEST_NANOS, 3);
    private final Map<String, Long> failures = new TreeMap<>();
    private long succeeded;
    private long cancelled;

    /// @param latencyNanos of a success
    /// @param expectedIntervalNanos 0 where the latency is counted from a fixed schedule. Otherwise the
    ///     distance at which the sender wanted to send: for each interval that a long answer kept it from
    ///     sending, the latency that request would have had is recorded too
    void record(Outcome outcome, long latencyNanos, long expectedIntervalNanos) {
        switch (outcome) {
            case Outcome.Answered answered
            when answered.succeeded() -> {
                succeeded++;
                long nanos = Math.clamp(latencyNanos, 1, HIGHEST_NANOS);
                latency.recordValueWithExpectedInterval(nanos, expectedIntervalNanos);
            }
            case Outcome.Answered answered -> failures.merge(String.valueOf(answered.status()), 1L, Long::sum);
            case Outcome.Failed failed -> failures.merge(failed.kind().toString(), 1L, Long::sum);
            case Outcome.Cancelled _ -> cancelled++;
        }
    }

    /// How much later than intended the generator itself came to send a request.
    void recordLateness(long nanos) {
        lateness.recordValue(Math.clamp(nanos, 1, HIGHEST_NANOS));
    }

    Result result(double seconds) {
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        return new Result(
                succeeded + failed + cancelled,
                succeeded,
                cancelled,
                failed,
                Map.copyOf(failures),
                (succeeded + failed + cancelled) / seconds,
                quantile(latency, 50),
                quantile(latency, 99),
                quantile(latency, 99.9),
                latency.getMaxValue() / 1e6,
                quantile(lateness, 99));
    }

    private static double quantile(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
