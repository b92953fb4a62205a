package io.holdfast.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What came of a load. Latencies are of successes, in milliseconds.
///
/// @param failures by status or kind
/// @param rate requests a second that were ended
/// @param latenessP99 how late the generator itself was; where that is no small part of the latencies,
///     the generator was the bottleneck
public record Result(
        long sent,
        long succeeded,
        long cancelled,
        long failed,
        Map<String, Long> failures,
        double rate,
        double p50,
        double p99,
        double p999,
        double max,
        double latenessP99) {
    /// `500: 12, timed-out: 3`
    public String failuresByKind() {
        return new TreeMap<>(failures)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
