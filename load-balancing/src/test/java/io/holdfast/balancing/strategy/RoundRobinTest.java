package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.signal.Signals;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private static final Signals[] ABC = Pools.named("a", "b", "c");

    @Test
    void rotatesThroughTheSnapshot() {
        assertThat(picks(new RoundRobin(), ABC, 7)).isEqualTo("a b c a b c a");
    }

    @Test
    void picksTheOnlyInstanceEveryTime() {
        assertThat(picks(new RoundRobin(), Pools.named("a"), 3)).isEqualTo("a a a");
    }

    @Test
    void goesOnWhereTheSignedRangeEnds() {
        // 2^31 - 1 leaves the remainder 1.
        assertThat(picks(new RoundRobin(Integer.MAX_VALUE), ABC, 4)).isEqualTo("b c a b");
    }

    @Test
    void startsAgainWhereTheUnsignedRangeEnds() {
        assertThat(picks(new RoundRobin(-2), ABC, 4)).isEqualTo("c a a b");
    }

    @Test
    void keepsItsPositionWhenMembersChange() {
        RoundRobin balancer = new RoundRobin();
        assertThat(picks(balancer, ABC, 2)).isEqualTo("a b");
        assertThat(picks(balancer, Pools.named("a", "c"), 3)).isEqualTo("a c a");
        assertThat(picks(balancer, Pools.named("a", "c", "d", "e"), 4)).isEqualTo("c d e a");
    }

    @Test
    void isFairToAllUnderConcurrency() {
        assertThat(Pools.concurrentCounts(new RoundRobin().over(ABC), 30_000)).containsExactly(80_000, 80_000, 80_000);
    }

    private static String picks(Balancer balancer, Signals[] live, int count) {
        return Pools.picks(balancer.over(live), live, count);
    }
}
