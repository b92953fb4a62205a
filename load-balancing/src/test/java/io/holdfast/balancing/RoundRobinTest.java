package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private static final List<Instance> ABC = Instances.named("a", "b", "c");

    @Test
    void rotatesThroughTheSnapshot() {
        assertThat(picks(new RoundRobin(), ABC, 7)).isEqualTo("a b c a b c a");
    }

    @Test
    void picksTheOnlyInstanceEveryTime() {
        assertThat(picks(new RoundRobin(), Instances.named("a"), 3)).isEqualTo("a a a");
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
        assertThat(picks(balancer, Instances.named("a", "c"), 3)).isEqualTo("a c a");
        assertThat(picks(balancer, Instances.named("a", "c", "d", "e"), 4)).isEqualTo("c d e a");
    }

    @Test
    void isFairToAllUnderConcurrency() {
        RoundRobin balancer = new RoundRobin();
        Map<Instance, LongAdder> counts = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 30_000; i++) {
                        counts.computeIfAbsent(balancer.pick(ABC, RequestKey.NONE), _ -> new LongAdder())
                                .increment();
                    }
                });
            }
        }
        assertThat(counts)
                .hasSize(3)
                .allSatisfy((_, count) -> assertThat(count.sum()).isEqualTo(80_000));
    }

    private static String picks(Balancer balancer, List<Instance> live, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> balancer.pick(live, RequestKey.NONE).id())
                .collect(Collectors.joining(" "));
    }
}
