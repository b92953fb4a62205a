package io.holdfast.benchmarks.document;

import io.holdfast.benchmarks.Table;
import io.holdfast.benchmarks.load.Load;
import io.holdfast.benchmarks.load.LoadGenerator;
import io.holdfast.benchmarks.load.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "document",
        description = "Reads one document through the whole platform, and through nginx, gunicorn and Flask.",
        sortOptions = false)
public final class DocumentCommand implements Callable<Integer> {
    @Option(names = "--rate", description = "Requests a second; 0 for as fast as they go.", defaultValue = "0")
    private double rate;

    @Option(names = "--bytes", description = "About how large the document is.", defaultValue = "1000")
    private int bytes;

    @Mixin
    private RunOptions options = new RunOptions();

    private final Table table =
            new Table("stack", "round", "process", "CPU µs/request", "requests/s", "p50 ms", "p99 ms", "failed");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = options.work();
        List<Stack> stacks = List.of(options.holdfast(work), new FlaskStack(options.root, work, options.port + 50));
        List<Stack> present = new ArrayList<>();
        try (LoadGenerator generator = new LoadGenerator()) {
            for (Stack stack : stacks) {
                Optional<String> missing = stack.missing();
                missing.ifPresent(what -> System.err.println("Left out: " + stack.name() + "; " + what));
                if (missing.isEmpty()) {
                    present.add(stack);
                    stack.start(document());
                }
            }
            for (Stack stack : present) {
                System.err.println("Warming up " + stack.name());
                run(generator, stack, options.warmUp);
            }
            for (int round = 1; round <= options.rounds; round++) {
                for (Stack stack : present) {
                    measure(generator, stack, round);
                }
            }
        } finally {
            present.forEach(Stack::close);
        }
        System.out.println(table);
        return 0;
    }

    private String document() {
        return "{\"id\":\"one\",\"name\":\"Ada Lovelace\",\"born\":1815,\"text\":\"%s\"}"
                .formatted("x".repeat(Math.max(0, bytes - 60)));
    }

    private void measure(LoadGenerator generator, Stack stack, int round) throws InterruptedException {
        System.err.println("Measuring " + stack.name() + ", round " + round);
        Map<String, Duration> before = stack.cpuTimes();
        Result result = run(generator, stack, options.duration);
        Map<String, Double> micros = new LinkedHashMap<>();
        stack.cpuTimes()
                .forEach((name, time) -> micros.put(
                        name,
                        time.minus(before.getOrDefault(name, Duration.ZERO)).toNanos() / 1e3 / result.sent()));
        micros.forEach((name, each) -> table.row(stack.name(), round, name, each, "", "", "", ""));
        double all = micros.values().stream().mapToDouble(Double::doubleValue).sum();
        table.row(stack.name(), round, "all", all, result.rate(), result.p50(), result.p99(), result.failed());
    }

    private Result run(LoadGenerator generator, Stack stack, Duration time) throws InterruptedException {
        return generator.closed(stack.target(), Load.constant(rate, time).withConnections(options.clients));
    }
}
