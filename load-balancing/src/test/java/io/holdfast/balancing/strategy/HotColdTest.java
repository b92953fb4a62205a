package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.signal.LoadReport;
import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HotColdTest {
    private static final long MILLI = 1_000_000;

    private final HotCold balancer = new HotCold(() -> 1, new SplittableRandom(1));

    @Test
    void takesTheFastestOfTheIdle() {
        Signals[] instances = instances(new long[] {3, 1, 2}, new int[] {0, 0, 0});
        assertThat(Pools.picks(balancer.over(instances), instances, 4)).isEqualTo("b b b b");
    }

    @Test
    void avoidsAFastInstanceThatIsBusy() {
        Signals[] instances = instances(new long[] {3, 1, 2}, new int[] {0, 9, 0});
        assertThat(Pools.picks(balancer.over(instances), instances, 4)).isEqualTo("c c c c");
    }

    @Test
    void takesTheLeastBusyWhereAllAreBusy() {
        Signals[] instances = instances(new long[] {3, 1, 2}, new int[] {7, 9, 8});
        assertThat(Pools.picks(balancer.over(instances), instances, 3)).isEqualTo("a a a");
    }

    @Test
    void learnsWhatBusyMeans() {
        Signals[] instances = instances(new long[] {3, 1, 2}, new int[] {40, 44, 40});
        Picker picker = balancer.over(instances);
        assertThat(picker.score(1).meaning()).startsWith("hot");
        for (int i = 0; i < 200; i++) {
            picker.pick(0);
        }
        assertThat(picker.score(0).meaning()).startsWith("cold");
    }

    @Test
    void believesAnInstanceThatOthersKeepBusy() {
        Signals[] instances = instances(new long[] {2, 1}, new int[] {0, 0});
        instances[1].report(new LoadReport(0.1, 0, 0, 1, 0, Map.of(LoadReport.IN_FLIGHT, 50.0)), 1);
        assertThat(Pools.picks(balancer.over(instances), instances, 3)).isEqualTo("a a a");
    }

    @Test
    void doesNotRunToAnInstanceThatIsIdleBecauseItFails() {
        Signals[] instances = instances(new long[] {5, 5}, new int[] {1, 0});
        for (int i = 0; i < 10; i++) {
            instances[1].failed(1_000, 1);
        }
        assertThat(Pools.picks(balancer.over(instances), instances, 3)).isEqualTo("a a a");
    }

    @Test
    void picksTheOnlyInstanceEveryTime() {
        Signals[] one = Pools.numbered(1);
        assertThat(Pools.picks(balancer.over(one), one, 3)).isEqualTo("a a a");
    }

    @Test
    void reachesAllOfMany() {
        assertThat(Arrays.stream(Pools.counts(new HotCold(() -> 1, Draw.LOCAL).over(Pools.numbered(100)), 50_000)))
                .allMatch(count -> count > 100);
    }

    @Test
    void picksFromTheSnapshotUnderConcurrency() {
        int[] counts = Pools.concurrentCounts(new HotCold(() -> 1, Draw.LOCAL).over(Pools.numbered(5)), 10_000);
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 8_000);
    }

    private static Signals[] instances(long[] millis, int[] inFlight) {
        Signals[] instances = Pools.numbered(millis.length);
        for (int i = 0; i < millis.length; i++) {
            instances[i].answered(millis[i] * MILLI, 1);
            for (int n = 0; n < inFlight[i]; n++) {
                instances[i].begun();
            }
        }
        return instances;
    }
}
