package io.holdfast.benchmarks.pick;

import io.holdfast.balancing.Strategy;
import io.holdfast.benchmarks.Table;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pick",
        description = "Measures what a pick costs, in nanoseconds and bytes, and what an instance takes in memory.",
        sortOptions = false)
public final class PickCommand implements Callable<Integer> {
    @Option(names = "--instances", split = ",", description = "How many.", defaultValue = "3,30,1000")
    private List<Integer> instances = List.of();

    @Option(names = "--strategies", split = ",", description = "Default: all.")
    private List<String> strategies =
            Arrays.stream(Strategy.values()).map(Strategy::toString).toList();

    @Option(names = "--iterations", description = "Of a second each, after as many to warm up.", defaultValue = "2")
    private int iterations;

    @Override
    public Integer call() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PickBenchmark.class.getName())
                        .param("strategy", constants())
                        .param(
                                "instances",
                                instances.stream().map(String::valueOf).toArray(String[]::new))
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        Table table = new Table("strategy", "instances", "ns/pick", "± ns", "bytes/pick", "bytes/instance");
        for (RunResult result : results) {
            Strategy strategy = Strategy.valueOf(result.getParams().getParam("strategy"));
            int count = Integer.parseInt(result.getParams().getParam("instances"));
            Result<?> nanos = result.getPrimaryResult();
            table.row(
                    strategy,
                    count,
                    nanos.getScore(),
                    nanos.getScoreError(),
                    bytes(result),
                    InstanceMemory.bytes(strategy, count));
        }
        System.out.println(table);
        return 0;
    }

    private static double bytes(RunResult result) {
        Result<?> normalised = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return normalised == null ? Double.NaN : normalised.getScore();
    }

    private String[] constants() {
        return strategies.stream().map(name -> Strategy.named(name).name()).toArray(String[]::new);
    }
}
