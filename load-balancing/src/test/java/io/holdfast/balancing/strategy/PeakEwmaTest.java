package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.signal.Signals;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeakEwmaTest {
    private static final long MILLI = 1_000_000;

    private long now = 1;
    private final PeakEwma balancer = new PeakEwma(() -> now, new SplittableRandom(1));

    @Test
    void neverTakesTheSlowestOfThree() {
        Signals[] instances = latencies(1, 10, 1);
        assertThat(Pools.counts(balancer.over(instances), 1_000)[1]).isZero();
    }

    @Test
    void leavesASlowInstanceAfterItsFirstSlowAnswer() {
        Signals[] instances = latencies(1, 1);
        Picker picker = balancer.over(instances);
        assertThat(Pools.counts(picker, 100)[0]).isPositive();
        instances[0].answered(50 * MILLI, now);
        assertThat(Pools.counts(picker, 100)[0]).isZero();
    }

    @Test
    void weighsLatencyAgainstWhatWaits() {
        Signals[] instances = latencies(1, 3);
        Picker picker = balancer.over(instances);
        assertThat(Pools.counts(picker, 100)[1]).isZero();
        for (int i = 0; i < 3; i++) {
            instances[0].begun();
        }
        assertThat(Pools.counts(picker, 100)[0]).isZero();
    }

    @Test
    void triesASlowInstanceAgainAfterAWhile() {
        Signals[] instances = latencies(1, 10);
        now += Duration.ofSeconds(25).toNanos();
        instances[0].answered(MILLI, now);
        assertThat(Pools.counts(balancer.over(instances), 10)[0]).isZero();
    }

    /// A pause of the caller delays the answers of all, and must not make the slow one look like the others.
    @Test
    void forgetsAPeakWithTheAnswersThatFollow() {
        Signals[] instances = latencies(1, 10);
        instances[0].answered(300 * MILLI, now);
        Picker picker = balancer.over(instances);
        assertThat(Pools.counts(picker, 10)[0]).isZero();
        for (int i = 0; i < 100; i++) {
            now += MILLI;
            instances[0].answered(MILLI, now);
        }
        assertThat(Pools.counts(picker, 10)[1]).isZero();
    }

    @Test
    void holdsAPeakForLongOnlyIfItIsUsual() {
        Signals[] instances = latencies(300, 300, 10);
        instances[1].peaksUpTo(5 * MILLI);
        Picker picker = balancer.over(instances);
        assertThat(Pools.counts(picker, 10)[2]).isPositive();
        now += Duration.ofSeconds(5).toNanos();
        assertThat(instances[0].peakLatencyNanos(now)).isGreaterThan((float) (180 * MILLI));
        assertThat(instances[1].peakLatencyNanos(now)).isEqualTo((float) (5 * MILLI));
    }

    @Test
    void givesAnUnknownInstanceOneRequestAtATime() {
        Signals[] instances = latencies(1, 0);
        Picker picker = balancer.over(instances);
        assertThat(picker.pick(0)).isOne();
        instances[1].begun();
        assertThat(picker.pick(0)).isZero();
    }

    @Test
    void takesNoFastFailureForSpeed() {
        Signals[] instances = latencies(5, 5);
        Picker picker = balancer.over(instances);
        for (int i = 0; i < 10; i++) {
            instances[0].failed(MILLI / 10, now);
            now += MILLI;
        }
        assertThat(instances[0].peakLatencyNanos(now)).isGreaterThan((float) (4 * MILLI));
        assertThat(Pools.counts(picker, 100)[0]).isZero();
    }

    @Test
    void picksTheOnlyInstanceEveryTime() {
        Signals[] one = latencies(1);
        assertThat(Pools.picks(balancer.over(one), one, 3)).isEqualTo("a a a");
    }

    @Test
    void isFairToAllUnderConcurrency() {
        Signals[] instances = latencies(1, 1, 1, 1);
        int[] counts = Pools.concurrentCounts(new PeakEwma(() -> 1, Draw.LOCAL).over(instances), 10_000);
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(19_000, 21_000));
    }

    private Signals[] latencies(long... millis) {
        Signals[] instances = Pools.numbered(millis.length);
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] > 0) {
                instances[i].answered(millis[i] * MILLI, now);
            }
        }
        return instances;
    }
}
