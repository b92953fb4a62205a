package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.load.Load;
import io.holdfast.benchmarks.load.LoadGenerator;
import io.holdfast.benchmarks.load.Result;
import io.holdfast.benchmarks.load.Target;
import io.holdfast.benchmarks.origin.Counts;
import io.holdfast.benchmarks.process.Child;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// One run: all proxies are up over the same origins and warm, and take the same load in turn. Figures of
/// different runs do not compare: machines have good and bad hours.
final class Comparison implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final int CPU_CONNECTIONS = 64;

    private final Bench bench;
    private final OriginControl origins;
    private final LoadGenerator generator = new LoadGenerator();
    private final Map<Child, Target> proxies = new LinkedHashMap<>();
    private final List<Child> children = new ArrayList<>();

    Comparison(Bench bench) {
        this.bench = bench;
        origins = new OriginControl(bench.originPorts());
    }

    void start(List<Proxy> compared) throws IOException, InterruptedException {
        Child origin = Child.start(
                "origins",
                List.of(
                        Bench.java(),
                        "-Xmx128m",
                        "-cp",
                        Bench.classPath(),
                        "io.holdfast.benchmarks.command.Benchmarks",
                        "origins",
                        "--port=" + bench.firstPort(),
                        "--count=" + bench.origins()),
                bench.folder(),
                Map.of());
        children.add(origin);
        for (int port : bench.originPorts()) {
            origin.awaitReady(URI.create("http://127.0.0.1:" + port + "/readyz"), Map.of(), START);
        }
        int port = bench.firstPort() + bench.origins();
        for (Proxy proxy : compared) {
            Child child = proxy.start(bench, port);
            children.add(child);
            proxies.put(child, new Target(URI.create("http://127.0.0.1:" + port + Bench.PATH), Bench.HEADERS));
            port++;
        }
        for (Map.Entry<Child, Target> proxy : proxies.entrySet()) {
            proxy.getKey().awaitReady(proxy.getValue().uri(), Bench.HEADERS, START);
        }
    }

    /// All at once: compilers need requests, not quiet.
    void warmUp(double rate, Duration duration) throws InterruptedException {
        origins.set(Scenario.CPU);
        List<CompletableFuture<Result>> loads = new ArrayList<>();
        for (Target target : proxies.values()) {
            loads.add(generator.startOpen(target, Load.constant(rate, duration)));
        }
        for (CompletableFuture<Result> load : loads) {
            load.join();
        }
    }

    /// @param settle how long each proxy gets the load before it is counted
    List<Measurement> measure(Scenario scenario, int round, double rate, Duration settle, Duration duration)
            throws InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (Map.Entry<Child, Target> proxy : proxies.entrySet()) {
            origins.set(scenario);
            run(scenario, proxy.getValue(), rate, settle);
            List<Counts> before = origins.counts();
            Duration cpuBefore = proxy.getKey().cpuTime();
            Result result = run(scenario, proxy.getValue(), rate, duration);
            Duration cpu = proxy.getKey().cpuTime().minus(cpuBefore);
            Measurement measurement = Measurement.of(
                    scenario.toString(),
                    proxy.getKey().name(),
                    round,
                    cpu.toNanos() / 1e3 / result.sent(),
                    result,
                    before,
                    origins.counts());
            System.err.println(measurement.summary()); // at once: the run may be cut off
            measurements.add(measurement);
        }
        return measurements;
    }

    private Result run(Scenario scenario, Target target, double rate, Duration duration) throws InterruptedException {
        Load load = Load.constant(rate, duration);
        return scenario == Scenario.CPU
                ? generator.closed(target, load.withConnections(CPU_CONNECTIONS))
                : generator.open(target, load.withPoisson(true));
    }

    @Override
    public void close() {
        children.reversed().forEach(Child::close);
        generator.close();
        origins.close();
    }
}
