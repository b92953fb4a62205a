package io.holdfast.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.process.ProcessIdentity;
import io.holdfast.launcher.supervisor.StateFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the next launcher makes of the death of an earlier one.
class CrashIT {
    private final FakePlatform platform = new FakePlatform();

    CrashIT() throws IOException {}

    @BeforeEach
    void start() throws IOException, InterruptedException {
        FakePlatform.Result up = platform.up("--redis", "single");
        assertThat(up.exitCode()).as(up.output()).isZero();
        platform.redis("SET", "key", "value");
    }

    @AfterEach
    void endWhatIsLeft() {
        platform.close();
    }

    @Test
    void losesNothingWhenEverythingIsKilled() throws IOException, InterruptedException {
        List<ProcessIdentity> all =
                platform.processes().map(ProcessIdentity::of).toList();
        platform.processes().forEach(ProcessHandle::destroyForcibly);
        assertThat(all).isNotEmpty().allMatch(CrashIT::ends);

        assertThat(platform.run("status").output()).contains("its supervisor", "is gone");
        assertThat(platform.up("--redis", "single").exitCode()).isZero();
        assertThat(platform.redis("GET", "key")).isEqualTo("value");
    }

    @Test
    void endsWhatAKilledSupervisorLeftBehind() throws IOException, InterruptedException {
        ProcessIdentity supervisor = StateFile.in(new DataDirectory(platform.data()))
                .read()
                .orElseThrow()
                .supervisor();
        supervisor.find().orElseThrow().destroyForcibly();
        assertThat(ends(supervisor)).isTrue();
        assertThat(platform.processes()).isNotEmpty();

        FakePlatform.Result up = platform.up("--redis", "single");
        assertThat(up.output()).contains("Ending what an earlier supervisor left running: gateway-1");
        assertThat(up.exitCode()).isZero();
        assertThat(platform.redis("GET", "key")).isEqualTo("value");
    }

    private static boolean ends(ProcessIdentity process) {
        try {
            return process.awaitEnd(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
