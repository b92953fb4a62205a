package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.Durations;
import io.holdfast.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "compare",
        description = "Compares Holdfast's gateway with nginx, HAProxy and Spring Cloud Gateway over the same origins.",
        sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
    @Option(
            names = "--scenarios",
            split = ",",
            description = "cpu, healthy, slow, failing, capacity, all-failing, dead. Default: all but the last two.",
            defaultValue = "cpu,healthy,slow,failing,capacity")
    private List<String> scenarios = List.of();

    @Option(
            names = "--only",
            split = ",",
            description = "Proxies to compare, by the start of their name. Default: all.")
    private List<String> only = List.of("");

    @Option(
            names = "--strategies",
            split = ",",
            description = "Strategies of Holdfast to compare, each in a gateway of its own. Default: its default.")
    private List<String> strategies = List.of("");

    @Option(names = "--rate", description = "Requests a second in all scenarios. Default: each one's own.")
    private double rate;

    @Option(names = "--duration", description = "Of each measurement.", defaultValue = "10s")
    private Duration duration = Duration.ZERO;

    @Option(names = "--settle", description = "The same load before it, not counted.", defaultValue = "3s")
    private Duration settle = Duration.ZERO;

    @Option(names = "--rounds", description = "How often each is measured.", defaultValue = "1")
    private int rounds;

    @Option(
            names = "--warm-up",
            description = "All proxies at once, before the first measurement.",
            defaultValue = "35s")
    private Duration warmUp = Duration.ZERO;

    @Option(names = "--warm-up-rate", description = "Requests a second to each proxy.", defaultValue = "1000")
    private double warmUpRate;

    @Option(names = "--port", description = "The first of the ports to use.", defaultValue = "23000")
    private int port;

    @Option(names = "--folder", description = "For configuration and logs. Default: a temporary one.")
    private @Nullable Path folder;

    @Option(names = "--root", description = "The checkout whose built gateway is compared.", defaultValue = ".")
    private Path root = Path.of(".");

    @Option(names = "--json", description = "A file for the results as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--jvm-options",
            split = ",",
            description = "For both gateways that are JVMs.",
            defaultValue = "-Xms512m,-Xmx512m")
    private List<String> jvmOptions = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Scenario> chosen = scenarios.stream().map(CompareCommand::scenario).toList();
        Path work = folder == null ? Files.createTempDirectory("holdfast-compare") : Files.createDirectories(folder);
        Bench bench = new Bench(work.toAbsolutePath(), port, 3, jvmOptions);
        System.err.println("Configuration and logs are in " + work);
        List<Measurement> measurements = new ArrayList<>();
        try (Comparison comparison = new Comparison(bench)) {
            comparison.start(present());
            System.err.println("All are up; warming up for " + Durations.format(warmUp));
            comparison.warmUp(warmUpRate, warmUp);
            for (Scenario scenario : chosen) {
                for (int round = 1; round <= rounds; round++) {
                    System.err.println("Measuring " + scenario + ", round " + round);
                    measurements.addAll(
                            comparison.measure(scenario, round, rate > 0 ? rate : scenario.rate(), settle, duration));
                }
            }
        }
        Table table = Measurement.table();
        measurements.forEach(measurement -> measurement.addTo(table));
        System.out.println(table);
        if (json != null) {
            Files.writeString(
                    json,
                    JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(measurements));
        }
        return 0;
    }

    private List<Proxy> present() {
        Stream<Proxy> holdfasts = strategies.stream().map(strategy -> new Holdfast(root, strategy));
        Stream<Proxy> others = Stream.of(
                new StockSpring(),
                new Nginx(""),
                new Nginx("least_conn"),
                new HaProxy("roundrobin"),
                new HaProxy("leastconn"));
        List<Proxy> present = new ArrayList<>();
        Stream.concat(holdfasts, others)
                .filter(proxy -> only.stream().anyMatch(proxy.name()::startsWith))
                .forEach(proxy -> {
                    Optional<String> missing = proxy.missing();
                    missing.ifPresent(what -> System.err.println("Left out: " + proxy.name() + "; " + what));
                    if (missing.isEmpty()) {
                        present.add(proxy);
                    }
                });
        return present;
    }

    private static Scenario scenario(String name) {
        return Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no scenario '%s'. Use %s.".formatted(name, Arrays.toString(Scenario.values()))));
    }
}
