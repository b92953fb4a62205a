package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.Table;
import io.holdfast.benchmarks.load.Result;
import io.holdfast.benchmarks.origin.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What one proxy did under one load.
///
/// @param cpuMicros CPU time of the proxy's processes per request
/// @param attempts requests that origins got, per request that was sent
/// @param shares of each origin in them, in percent
/// @param utilisations of each origin's slots, in percent; NaN where they are not limited
record Measurement(
        String scenario,
        String proxy,
        int round,
        double cpuMicros,
        Result result,
        double attempts,
        List<Double> shares,
        List<Double> utilisations) {

    static Measurement of(
            String scenario,
            String proxy,
            int round,
            double cpuMicros,
            Result result,
            List<Counts> before,
            List<Counts> after) {
        List<Double> requests = new ArrayList<>();
        List<Double> utilisations = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            requests.add((double) (after.get(i).requests() - before.get(i).requests()));
            utilisations.add(100 * after.get(i).utilisationSince(before.get(i)));
        }
        double all = requests.stream().mapToDouble(Double::doubleValue).sum();
        List<Double> shares = requests.stream().map(count -> 100 * count / all).toList();
        return new Measurement(
                scenario, proxy, round, cpuMicros, result, all / result.sent(), shares, List.copyOf(utilisations));
    }

    /// One line, for who waits for the table.
    String summary() {
        return "%s, %s, round %d: %s µs CPU/request, p50 %s, p99 %s, p99.9 %s ms, %d of %d failed"
                .formatted(
                        scenario,
                        proxy,
                        round,
                        Table.format(cpuMicros),
                        Table.format(result.p50()),
                        Table.format(result.p99()),
                        Table.format(result.p999()),
                        result.failed(),
                        result.sent());
    }

    static Table table() {
        return new Table(
                "scenario",
                "proxy",
                "round",
                "CPU µs/request",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "requests",
                "failed",
                "attempts",
                "origins' shares %",
                "utilisation %",
                "generator late p99 ms",
                "failures");
    }

    void addTo(Table table) {
        table.row(
                scenario,
                proxy,
                round,
                cpuMicros,
                result.p50(),
                result.p99(),
                result.p999(),
                result.max(),
                result.sent(),
                result.failed(),
                attempts,
                joined(shares),
                joined(utilisations),
                result.latenessP99(),
                result.failuresByKind());
    }

    private static String joined(List<Double> numbers) {
        return numbers.stream().map(Table::format).collect(Collectors.joining(" "));
    }
}
