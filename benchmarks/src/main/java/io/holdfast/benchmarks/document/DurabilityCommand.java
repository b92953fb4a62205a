package io.holdfast.benchmarks.document;

import io.holdfast.benchmarks.Table;
import io.holdfast.benchmarks.load.Load;
import io.holdfast.benchmarks.load.LoadGenerator;
import io.holdfast.benchmarks.load.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "durability",
        description = "Replaces documents at each level of durability in turn, through the whole platform.",
        sortOptions = false)
public final class DurabilityCommand implements Callable<Integer> {
    private static final String DOCUMENT =
            "{\"name\":\"Ada Lovelace\",\"born\":1815,\"text\":\"%s\"}".formatted("x".repeat(140));

    @Option(
            names = "--levels",
            split = ",",
            description = "Levels to compare with the first one.",
            defaultValue = "memory,replicated")
    private List<String> levels = List.of();

    @Mixin
    private RunOptions options = new RunOptions();

    private final Table table = new Table("level", "round", "writes/s", "of the first", "p50 ms", "p99 ms", "failed");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = options.work();
        try (HoldfastStack stack = options.holdfast(work);
                LoadGenerator generator = new LoadGenerator()) {
            Optional<String> missing = stack.missing();
            if (missing.isPresent()) {
                throw new IllegalArgumentException(missing.get());
            }
            stack.start(DOCUMENT);
            for (String level : levels) {
                System.err.println("Warming up " + level);
                run(generator, stack, level, options.warmUp);
            }
            for (int round = 1; round <= options.rounds; round++) {
                measure(generator, stack, round);
            }
        }
        System.out.println(table);
        return 0;
    }

    private void measure(LoadGenerator generator, HoldfastStack stack, int round) throws InterruptedException {
        double first = 0;
        for (String level : levels) {
            System.err.println("Measuring " + level + ", round " + round);
            Result result = run(generator, stack, level, options.duration);
            double rate = result.succeeded() / (options.duration.toMillis() / 1e3);
            first = first == 0 ? rate : first;
            table.row(level, round, rate, rate / first, result.p50(), result.p99(), result.failed());
        }
    }

    private Result run(LoadGenerator generator, HoldfastStack stack, String level, Duration time)
            throws InterruptedException {
        return generator.closed(
                stack.writer(level, DOCUMENT), Load.constant(0, time).withConnections(options.clients));
    }
}
