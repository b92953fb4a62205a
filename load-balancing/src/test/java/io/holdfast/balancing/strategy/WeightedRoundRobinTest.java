package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedRoundRobinTest {
    @Test
    void rotatesWhereAllWeightsAreEqual() {
        assertThat(picks(0, 9, 3, 3, 3)).isEqualTo("a b c a b c a b c");
    }

    @Test
    void spreadsTheTurnsOfTheHeavier() {
        assertThat(picks(0, 12, 2, 1)).isEqualTo("a b a a b a a b a a b a");
        assertThat(picks(0, 14, 5, 1, 1)).isEqualTo("a a b c a a a b a a a c a a");
    }

    @Test
    void picksTheOnlyInstanceEveryTime() {
        assertThat(picks(0, 3, 0.001)).isEqualTo("a a a");
    }

    @Test
    void goesOnWhereTheSignedRangeEnds() {
        Signals[] instances = Pools.weighted(3, 2, 1);
        Picker picker = new WeightedRoundRobin(Long.MAX_VALUE - 1_000).over(instances);
        assertThat(Pools.counts(picker, 60_000)).satisfies(counts -> near(counts, 30_000, 20_000, 10_000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 10, 1_000, 100_000})
    void givesEachItsShareHoweverLargeTheDifference(double large) {
        int[] counts = Pools.counts(new WeightedRoundRobin().over(Pools.weighted(large, 1, 1, 1)), 400_000);
        assertThat(counts[0]).isCloseTo((int) (400_000 * large / (large + 3)), within(40));
    }

    @Test
    void neverGivesAnybodyMuchMoreThanItsShareForAWhile() {
        double[] weights = {8, 4, 2, 1, 1};
        int[] picks = new int[weights.length];
        Picker picker = new WeightedRoundRobin().over(Pools.weighted(weights));
        for (int i = 1; i <= 10_000; i++) {
            picks[picker.pick(0)]++;
            for (int place = 0; place < weights.length; place++) {
                assertThat((double) picks[place]).isCloseTo(i * weights[place] / 16, within(1.01));
            }
        }
    }

    @Test
    void isFairToAllUnderConcurrency() {
        int[] counts = Pools.concurrentCounts(new WeightedRoundRobin().over(Pools.weighted(3, 2, 1)), 30_000);
        near(counts, 120_000, 80_000, 40_000);
    }

    @Test
    void goesOnWithItsTurnsWhenMembersChange() {
        WeightedRoundRobin balancer = new WeightedRoundRobin();
        Signals[] two = Pools.weighted(1, 1);
        assertThat(Pools.picks(balancer.over(two), two, 3)).isEqualTo("a b a");
        assertThat(Pools.picks(balancer.over(two), two, 3)).isEqualTo("b a b");
    }

    @Test
    void usesFewStepsAmongThousand() {
        double[] weights = new double[1_000];
        Arrays.setAll(weights, i -> 1 + i % 100 * i % 7);
        weights[17] = 1e5;
        int[] counts = Pools.counts(new WeightedRoundRobin().over(Pools.weighted(weights)), 300_000);
        double share = 1e5 / Arrays.stream(weights).sum();
        assertThat(counts[17]).isCloseTo((int) (300_000 * share), within(300));
    }

    private static void near(int[] counts, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(counts[i]).isCloseTo(expected[i], within(20));
        }
    }

    private static String picks(long start, int count, double... weights) {
        Signals[] instances = Pools.weighted(weights);
        return Pools.picks(new WeightedRoundRobin(start).over(instances), instances, count);
    }
}
