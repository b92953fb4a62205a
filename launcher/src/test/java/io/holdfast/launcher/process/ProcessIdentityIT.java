package io.holdfast.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdentityIT {
    @Test
    void tellsALiveProcessFromALaterOneWithItsId() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
            assertThat(identity.find()).contains(process.toHandle());
            assertThat(new ProcessIdentity(identity.pid(), identity.startedAt() - 60_000).find())
                    .isEmpty();
            assertThat(identity.awaitEnd(Duration.ZERO)).isFalse();
            process.destroyForcibly();
            assertThat(identity.awaitEnd(Duration.ofSeconds(10))).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
