package io.holdfast.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmLoadTest {
    @Test
    void seesThisProcessWork() {
        JvmLoad load = new JvmLoad(new CpuLimit(Path.of("/nowhere"), 1));
        Thread busy = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        try {
            await().untilAsserted(() -> assertThat(load.cpu()).isGreaterThan(0.1));
        } finally {
            busy.interrupt();
        }
    }

    @Test
    void knowsTheShareOfTheHeapThatIsUsed() {
        assertThat(new JvmLoad(CpuLimit.ofThisProcess()).memory())
                .isGreaterThan(0)
                .isLessThan(1);
    }
}
