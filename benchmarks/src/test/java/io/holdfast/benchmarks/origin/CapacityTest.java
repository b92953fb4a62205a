package io.holdfast.benchmarks.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private long now;
    private final List<String> started = new ArrayList<>();

    @Test
    void startsWhatWaitsInOrderWhenASlotIsFree() {
        Capacity capacity = new Capacity(2, 2, () -> now);

        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(capacity.enter(() -> started.add(name))).isTrue();
        }
        assertThat(capacity.enter(() -> started.add("e"))).isFalse();
        assertThat(started).containsExactly("a", "b");
        capacity.leave();
        assertThat(started).containsExactly("a", "b", "c");
        assertThat(capacity.waiting()).isEqualTo(1);
    }

    @Test
    void sumsTheTimeOfBusySlots() {
        Capacity capacity = new Capacity(2, 2, () -> now);

        capacity.enter(() -> {});
        now += 10;
        capacity.enter(() -> {});
        now += 10;
        capacity.leave();
        capacity.leave();
        now += 10;

        assertThat(capacity.busyNanos()).isEqualTo(30);
    }

    @Test
    void startsMoreWhenItGrows() {
        Capacity capacity = new Capacity(1, 10, () -> now);
        capacity.enter(() -> started.add("a"));
        capacity.enter(() -> started.add("b"));

        capacity.resize(2, 10);

        assertThat(started).containsExactly("a", "b");
    }

    @Test
    void doesNotRecurseThroughWorkThatTakesNoTime() {
        Capacity capacity = new Capacity(1, 1_000_000, () -> now);
        capacity.enter(() -> {});
        for (int i = 0; i < 1_000_000; i++) {
            capacity.enter(capacity::leave);
        }

        capacity.leave();

        assertThat(capacity.waiting()).isZero();
        assertThat(capacity.busy()).isZero();
    }
}
