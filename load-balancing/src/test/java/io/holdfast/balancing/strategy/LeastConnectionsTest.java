package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.signal.Signals;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastConnectionsTest {
    private final LeastConnections balancer = new LeastConnections(() -> 0, new SplittableRandom(1));

    @Test
    void takesTurnsWhereAllAreIdle() {
        Signals[] instances = Pools.numbered(3);
        assertThat(Pools.picks(balancer.over(instances), instances, 6)).isEqualTo("a b c a b c");
    }

    @Test
    void takesTheLeastBusy() {
        Signals[] instances = busy(2, 1, 2);
        assertThat(Pools.picks(balancer.over(instances), instances, 3)).isEqualTo("b b b");
    }

    @Test
    void countsConnectionsThatStay() {
        Signals[] instances = busy(1, 0);
        instances[0].connected();
        assertThat(instances[0].inFlight()).isZero();
        assertThat(Pools.picks(balancer.over(instances), instances, 2)).isEqualTo("b b");
    }

    @Test
    void fillsInstancesByTheirWeights() {
        Signals[] instances = Pools.weighted(1, 2, 4);
        Picker picker = balancer.over(instances);
        for (int i = 0; i < 70; i++) {
            instances[picker.pick(0)].begun();
        }
        assertThat(instances).extracting(Signals::inFlight).containsExactly(10, 20, 40);
    }

    @Test
    void doesNotRunToAnInstanceThatIsIdleBecauseItFails() {
        Signals[] instances = busy(3, 0);
        for (int i = 0; i < 10; i++) {
            instances[1].failed(1_000, 0);
        }
        assertThat(Pools.picks(balancer.over(instances), instances, 4)).isEqualTo("a a a a");
    }

    @Test
    void takesTheBetterOfTwoAmongMany() {
        Signals[] instances = Pools.numbered(LeastConnections.MOST_SCANNED + 1);
        for (Signals instance : instances) {
            instance.begun();
        }
        instances[4].ended();
        // It is one of two different ones in 2 of 9 draws.
        assertThat(Pools.counts(balancer.over(instances), 90_000)[4]).isCloseTo(20_000, within(500));
    }

    @Test
    void takesNobodyTwice() {
        Signals[] instances = busy(0, 1, 2);
        BitSet tried = new BitSet();
        tried.set(0);
        assertThat(balancer.over(instances).pick(0, tried, Draw.LOCAL)).isNotZero();
        tried.set(1);
        assertThat(balancer.over(instances).pick(0, tried, Draw.LOCAL)).isEqualTo(2);
    }

    @Test
    void isFairToAllUnderConcurrency() {
        assertThat(Pools.concurrentCounts(balancer.over(Pools.numbered(4)), 10_000))
                .containsExactly(20_000, 20_000, 20_000, 20_000);
    }

    private static Signals[] busy(int... inFlight) {
        Signals[] instances = Pools.numbered(inFlight.length);
        for (int i = 0; i < inFlight.length; i++) {
            for (int n = 0; n < inFlight[i]; n++) {
                instances[i].begun();
            }
        }
        return instances;
    }
}
