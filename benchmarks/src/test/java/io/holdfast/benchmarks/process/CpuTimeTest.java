package io.holdfast.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    @Test
    void readsUserAndSystemTimeBehindAnyName() {
        String stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 700 80 5 6 20 0 9 0 1234";

        assertThat(CpuTime.ticks(stat)).isEqualTo(780);
    }

    @Test
    void growsWithWork() {
        assumeThat(CpuTime.isKnown()).isTrue();
        ProcessHandle self = ProcessHandle.current();
        Duration before = CpuTime.ofTree(self);

        await().untilAsserted(() -> assertThat(CpuTime.ofTree(self)).isGreaterThan(before));
    }
}
