package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that arrive at random (Poisson) and take a random time (exponential) at one of three
/// instances, on simulated time.
class SlowInstanceTest {
    private static final int REQUESTS = 20_000;
    private static final double PER_SECOND = 300;
    private static final double MEAN_NANOS = 5e6;

    private record Running(Attempt attempt, long endNanos) {}

    private record Result(long p99Nanos, Map<String, Integer> shares) {}

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"PEAK_EWMA", "HOT_COLD"})
    void doesNotHurtThe99thPercentile(Strategy strategy) {
        Result healthy = run(strategy, _ -> 1);
        Result oneSlow = run(strategy, id -> id.equals("b") ? 10 : 1);
        assertThat(oneSlow.p99Nanos() / (double) healthy.p99Nanos()).isLessThan(1.3);
    }

    @Test
    void isTheReasonForTheDefault() {
        assertThat(Strategy.DEFAULT).isEqualTo(Strategy.PEAK_EWMA);
        Result roundRobin = run(Strategy.ROUND_ROBIN, id -> id.equals("b") ? 10 : 1);
        Result peakEwma = run(Strategy.PEAK_EWMA, id -> id.equals("b") ? 10 : 1);
        assertThat(peakEwma.shares().get("b")).isLessThan(REQUESTS / 50);
        assertThat(peakEwma.shares().get("b")).isLessThan(roundRobin.shares().get("b"));
    }

    private static Result run(Strategy strategy, ToDoubleFunction<String> slowness) {
        SplittableRandom random = new SplittableRandom(7);
        FakeUpstream fake = new FakeUpstream(strategy, UpstreamRules.DEFAULT, random);
        fake.healthy("a", "b", "c");
        PriorityQueue<Running> running =
                new PriorityQueue<>((one, other) -> Long.signum(one.endNanos() - other.endNanos()));
        Map<String, Integer> shares = new HashMap<>();
        long[] latencies = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long arrives = fake.now() + (long) exponential(random, 1e9 / PER_SECOND);
            endAll(fake, running, arrives);
            Step step = fake.upstream
                    .attempts(RequestKey.NONE, true, fake.deadline(Duration.ofSeconds(10)))
                    .next();
            assertThat(step).isInstanceOf(Step.Send.class);
            Attempt attempt = ((Step.Send) step).attempt();
            String id = attempt.instance().id();
            shares.merge(id, 1, Integer::sum);
            latencies[i] = (long) exponential(random, MEAN_NANOS * slowness.applyAsDouble(id));
            running.add(new Running(attempt, arrives + latencies[i]));
        }
        Arrays.sort(latencies);
        return new Result(latencies[REQUESTS * 99 / 100], shares);
    }

    private static void endAll(FakeUpstream fake, PriorityQueue<Running> running, long until) {
        while (!running.isEmpty() && running.peek().endNanos() - until <= 0) {
            Running next = running.remove();
            fake.pass(Duration.ofNanos(next.endNanos() - fake.now()));
            next.attempt().succeeded();
        }
        fake.pass(Duration.ofNanos(until - fake.now()));
    }

    private static double exponential(SplittableRandom random, double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }
}
