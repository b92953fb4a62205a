package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {
    private static final int KEYS = 20_000;
    private static final long[] HASHES = new SplittableRandom(3).longs(KEYS).toArray();

    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConsistentHash balancer = new ConsistentHash(inFlight, new SplittableRandom(1));

    @Test
    void keepsAKeyAtItsInstance() {
        Picker picker = balancer.over(Pools.numbered(5));
        assertThat(owners(picker)).isEqualTo(owners(picker));
    }

    @Test
    void choosesTheSameOnEveryCaller() {
        Signals[] instances = Pools.named("10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80");
        Picker other = new ConsistentHash(new AtomicInteger(), new SplittableRandom(9)).over(instances);
        assertThat(owners(balancer.over(instances))).isEqualTo(owners(other));
    }

    @Test
    void movesOnlyTheKeysOfAnInstanceThatWent() {
        String[] before = owners(balancer.over(Pools.named("a", "b", "c", "d")), "a", "b", "c", "d");
        String[] after = owners(balancer.over(Pools.named("a", "b", "d")), "a", "b", "d");
        for (int i = 0; i < KEYS; i++) {
            assertThat(after[i]).isNotEqualTo("c");
            if (!before[i].equals("c")) {
                assertThat(after[i]).isEqualTo(before[i]);
            }
        }
    }

    @Test
    void spreadsKeysByWeight() {
        double[] shares = shares(balancer.over(Pools.weighted(1, 1, 2)), 3);
        assertThat(shares[0]).isCloseTo(0.25, within(0.06));
        assertThat(shares[2]).isCloseTo(0.5, within(0.06));
    }

    @Test
    void spreadsKeysOverThousand() {
        double[] shares = shares(balancer.over(Pools.numbered(1_000)), 1_000);
        assertThat(Arrays.stream(shares).max().orElseThrow()).isLessThan(0.0025);
    }

    @Test
    void goesOnWhereAnInstanceHasMoreThanItsShare() {
        Signals[] instances = IntStream.range(0, 4)
                .mapToObj(i -> new Signals("i" + i, inFlight))
                .toArray(Signals[]::new);
        Picker picker = balancer.over(instances);
        for (int i = 0; i < 400; i++) {
            instances[picker.pick(77)].begun();
        }
        assertThat(instances)
                .allSatisfy(instance -> assertThat(instance.inFlight()).isBetween(20, 126));
    }

    @Test
    void movesAGrowingPartOfItsKeysToANewcomer() {
        Signals[] instances = Pools.numbered(2);
        Picker picker = balancer.over(instances);
        int[] full = owners(picker);
        instances[1].ramp(0.3);
        int[] early = owners(picker);
        instances[1].ramp(0.6);
        int[] later = owners(picker);
        long kept = 0;
        for (int i = 0; i < KEYS; i++) {
            assertThat(early[i] == 1 && later[i] == 0).isFalse();
            assertThat(later[i] == 1 && full[i] == 0).isFalse();
            kept += early[i];
        }
        assertThat(kept / (double) Arrays.stream(full).sum()).isCloseTo(0.3, within(0.03));
    }

    @Test
    void takesTheNextInstanceForAFurtherAttempt() {
        Picker picker = balancer.over(Pools.numbered(5));
        for (long key : HASHES) {
            BitSet tried = new BitSet();
            tried.set(picker.pick(key));
            int second = picker.pick(key, tried, Draw.LOCAL);
            assertThat(tried.get(second)).isFalse();
            assertThat(picker.pick(key, tried, Draw.LOCAL)).isEqualTo(second);
        }
    }

    @Test
    void spreadsRequestsWithoutKey() {
        assertThat(Arrays.stream(Pools.counts(balancer.over(Pools.numbered(4)), 4_000)))
                .allMatch(count -> count > 500);
    }

    @Test
    void picksTheOnlyInstanceEveryTime() {
        assertThat(owners(balancer.over(Pools.numbered(1)))).containsOnly(0);
    }

    @Test
    void keepsKeysUnderConcurrency() {
        Signals[] instances = Pools.numbered(3);
        Picker picker = balancer.over(instances);
        int owner = picker.pick(42);
        assertThat(IntStream.range(0, 10_000).parallel().map(_ -> picker.pick(42)))
                .containsOnly(owner);
    }

    private static int[] owners(Picker picker) {
        return Arrays.stream(HASHES).mapToInt(picker::pick).toArray();
    }

    private static String[] owners(Picker picker, String... ids) {
        return Arrays.stream(owners(picker)).mapToObj(place -> ids[place]).toArray(String[]::new);
    }

    private static double[] shares(Picker picker, int size) {
        double[] shares = new double[size];
        for (int owner : owners(picker)) {
            shares[owner] += 1.0 / KEYS;
        }
        return shares;
    }
}
