package io.holdfast.benchmarks.pick;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.signal.LoadReport;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Instances as a gateway knows them after a while: healthy, with answers and reports behind them and
/// requests in flight, all different, so that strategies find what they look at.
final class KnownInstances {
    private static final long SEED = 1;
    private static final int ANSWERS = 20;

    /// Longer than reports are held back at first (10 s), shorter than they are believed (3 min).
    private static final Duration AGE = Duration.ofSeconds(15);

    private KnownInstances() {}

    static Upstream upstream(Strategy strategy, int count) {
        AtomicLong ahead = new AtomicLong();
        RandomGenerator threadLocal = () -> ThreadLocalRandom.current().nextLong();
        Upstream upstream = new Upstream(
                "app",
                strategy,
                UpstreamRules.DEFAULT,
                (_, _) -> {},
                () -> System.nanoTime() + ahead.get(),
                threadLocal);
        upstream.discovered(IntStream.range(0, count)
                .mapToObj(i -> URI.create("http://instance-" + i + ":80"))
                .toList());
        SplittableRandom random = new SplittableRandom(SEED);
        for (Instance instance : upstream.members()) {
            upstream.ready(instance, System.nanoTime());
            upstream.reported(instance, report(random));
        }
        ahead.set(AGE.toNanos());
        for (Instance instance : upstream.members()) {
            upstream.ready(instance, System.nanoTime() + ahead.get());
            upstream.reported(instance, report(random));
            use(upstream, instance, random);
        }
        upstream.tick();
        return upstream;
    }

    private static LoadReport report(SplittableRandom random) {
        return LoadReport.of(random.nextDouble(0.1, 0.9), 0.5, 100, 0);
    }

    private static void use(Upstream upstream, Instance instance, SplittableRandom random) {
        for (int i = 0; i < ANSWERS; i++) {
            instance.signals().answered(random.nextLong(1_000_000, 20_000_000), System.nanoTime() + AGE.toNanos());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Attempt _ = upstream.begin(instance); // and never ended
        }
    }
}
