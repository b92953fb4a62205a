package io.holdfast.benchmarks.pick;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One pick among healthy instances that have answered requests and reported their load, so that
/// strategies find what they look at. Keys differ from pick to pick.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class PickBenchmark {
    private static final int KEYS = 1024;

    @Param
    public Strategy strategy = Strategy.DEFAULT;

    @Param({"3", "30", "1000"})
    public int instances;

    private final RequestKey[] keys = new RequestKey[KEYS];
    private Upstream upstream = KnownInstances.upstream(strategy, 1);
    private int next;

    @Setup
    public void setUp() {
        upstream = KnownInstances.upstream(strategy, instances);
        for (int i = 0; i < KEYS; i++) {
            keys[i] = RequestKey.of("document-" + i);
        }
    }

    @Benchmark
    public Instance pick() {
        return upstream.pick(keys[next++ & KEYS - 1]);
    }
}
