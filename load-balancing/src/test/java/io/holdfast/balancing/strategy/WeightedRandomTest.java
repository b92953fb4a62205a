package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.signal.Signals;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedRandomTest {
    private static final int MANY = 200_000;

    @Test
    void drawsAsLikelyAsTheWeightsSay() {
        near(Pools.counts(new WeightedRandom(random()).over(Pools.weighted(5, 3, 1, 1)), MANY), 0.5, 0.3, 0.1, 0.1);
    }

    @Test
    void drawsAllAlikeWithoutWeights() {
        near(Pools.counts(new EqualRandom(random()).over(Pools.weighted(9, 1)), MANY), 0.5, 0.5);
    }

    @Test
    void drawsFewerOfThoseInTheirSlowStart() {
        Signals[] instances = Pools.numbered(2);
        instances[1].ramp(0.25);
        near(Pools.counts(new EqualRandom(random()).over(instances), MANY), 0.8, 0.2);
        near(Pools.counts(new WeightedRandom(random()).over(instances), MANY), 0.8, 0.2);
    }

    @Test
    void drawsTheOnlyInstanceEveryTime() {
        Signals[] one = Pools.weighted(1e-3);
        assertThat(Pools.picks(new WeightedRandom(random()).over(one), one, 3)).isEqualTo("a a a");
    }

    @Test
    void drawsTheSameForTheSameSeed() {
        Signals[] instances = Pools.weighted(1, 2, 3);
        assertThat(Pools.picks(new WeightedRandom(random()).over(instances), instances, 40))
                .isEqualTo(Pools.picks(new WeightedRandom(random()).over(instances), instances, 40));
    }

    @Test
    void isFairToAllUnderConcurrency() {
        int[] counts = Pools.concurrentCounts(new WeightedRandom(Draw.LOCAL).over(Pools.weighted(3, 1)), 50_000);
        assertThat(counts[0] / 400_000.0).isCloseTo(0.75, within(0.01));
    }

    private static void near(int[] counts, double... shares) {
        for (int i = 0; i < shares.length; i++) {
            assertThat((double) counts[i] / MANY).isCloseTo(shares[i], within(0.01));
        }
    }

    private static SplittableRandom random() {
        return new SplittableRandom(1);
    }
}
