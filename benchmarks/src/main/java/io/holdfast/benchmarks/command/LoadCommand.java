package io.holdfast.benchmarks.command;

import io.holdfast.benchmarks.Table;
import io.holdfast.benchmarks.load.Load;
import io.holdfast.benchmarks.load.LoadGenerator;
import io.holdfast.benchmarks.load.Result;
import io.holdfast.benchmarks.load.Target;
import io.holdfast.benchmarks.process.CpuTime;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "load",
        description = "Sends GET requests at a constant rate and tells what came of them.",
        sortOptions = false)
final class LoadCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "What is asked for.")
    private URI uri = URI.create("http://127.0.0.1");

    @Option(names = "--rate", description = "Requests a second; 0 with --closed: as fast as possible.", required = true)
    private double rate;

    @Option(names = "--duration", description = "Default: 10s.", defaultValue = "10s")
    private Duration duration = Duration.ZERO;

    @Option(names = "--warm-up", description = "The same load before, which is not counted.", defaultValue = "0s")
    private Duration warmUp = Duration.ZERO;

    @Option(names = "--poisson", description = "At independent moments instead of equal distances.")
    private boolean poisson;

    @Option(names = "--closed", description = "Each connection waits for its answer before it sends again.")
    private boolean closed;

    @Option(names = "--connections", description = "At most.", defaultValue = "256")
    private int connections;

    @Option(names = "--waiting", description = "Requests that may wait for a connection.", defaultValue = "10000")
    private int waiting;

    @Option(names = "--limit", description = "How long a request may take.", defaultValue = "10s")
    private Duration limit = Duration.ZERO;

    @Option(names = "--cancel", description = "Share of requests that are given up.", defaultValue = "0")
    private double cancelledShare;

    @Option(names = "--cancel-within", description = "At a random moment of this time.", defaultValue = "10ms")
    private Duration cancelWithin = Duration.ZERO;

    @Option(names = "--seed", description = "Of everything random.", defaultValue = "7")
    private long seed;

    @Option(names = "--header", description = "name=value; may be repeated.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--pid", split = ",", description = "Processes whose CPU time is read (Linux).")
    private List<Long> pids = List.of();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    /// @param cpuMicros per request, by process
    record Report(Result result, Map<Long, Double> cpuMicros) {}

    @Override
    public Integer call() throws InterruptedException {
        Target target = new Target(uri, headers);
        try (LoadGenerator generator = new LoadGenerator()) {
            if (!warmUp.isZero()) {
                run(generator, target, warmUp);
            }
            Map<Long, Duration> before = new LinkedHashMap<>();
            pids.forEach(pid -> before.put(pid, CpuTime.of(pid)));
            Result result = run(generator, target, duration);
            Map<Long, Double> cpuMicros = new LinkedHashMap<>();
            before.forEach((pid, time) ->
                    cpuMicros.put(pid, CpuTime.of(pid).minus(time).toNanos() / 1e3 / result.sent()));
            print(new Report(result, cpuMicros));
            return result.failed() == 0 ? 0 : 1;
        }
    }

    private Result run(LoadGenerator generator, Target target, Duration time) throws InterruptedException {
        Load load = new Load(rate, time, poisson, connections, waiting, limit, cancelledShare, cancelWithin, seed);
        return closed ? generator.closed(target, load) : generator.open(target, load);
    }

    private void print(Report report) {
        if (json) {
            System.out.println(JsonMapper.builder().build().writeValueAsString(report));
            return;
        }
        Result result = report.result();
        Table table = new Table(
                "sent",
                "succeeded",
                "cancelled",
                "failed",
                "per s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "late p99 ms",
                "failures");
        table.row(
                result.sent(),
                result.succeeded(),
                result.cancelled(),
                result.failed(),
                result.rate(),
                result.p50(),
                result.p99(),
                result.p999(),
                result.max(),
                result.latenessP99(),
                result.failuresByKind());
        System.out.println(table);
        report.cpuMicros()
                .forEach((pid, micros) -> System.out.println(
                        "process " + pid + ": " + Table.format(micros) + " µs of CPU time per request"));
    }
}
