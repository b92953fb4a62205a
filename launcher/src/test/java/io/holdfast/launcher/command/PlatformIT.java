package io.holdfast.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.supervisor.PlatformStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The launcher as a whole, as a process of its own, with real Redis and fake services.
class PlatformIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakePlatform platform = new FakePlatform();

    PlatformIT() throws IOException {}

    @AfterEach
    void endWhatIsLeft() {
        platform.close();
    }

    @Test
    void runsInTheBackgroundUntilItIsToldToEnd() throws IOException, InterruptedException {
        FakePlatform.Result up = platform.up("--redis", "cluster");
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("Holdfast is ready at http://127.0.0.1:" + platform.port(), "api-key", "curl");

        FakePlatform.Result answer = platform.run("status", "--json");
        PlatformStatus status = JsonMapper.shared().readValue(answer.output(), PlatformStatus.class);
        assertThat(status.processes().stream().map(PlatformStatus.ServiceStatus::name))
                .containsExactly("gateway-1", "app-1", "app-2", "storage-1", "storage-2");
        assertThat(status.processes()).allMatch(process -> process.state().equals("ready"));
        assertThat(status.redis().stream().map(PlatformStatus.RedisStatus::role))
                .containsExactly("primary", "primary", "primary", "replica", "replica", "replica");
        assertThat(platform.get(101, "/arguments"))
                .contains("--spring.data.redis.cluster.nodes=127.0.0.1:" + (platform.port() + 301) + ",");
        assertThat(platform.get(0, "/secrets"))
                .isEqualTo(platform.data().resolve("secrets").toString());

        assertThat(platform.run("up", "--port", "23000").output()).contains("is running from", "already");
        assertThat(platform.run("down").exitCode()).isZero();
        assertThat(platform.processes()).isEmpty();
        FakePlatform.Result gone = platform.run("status");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.output()).contains("is not running from").doesNotContain("\tat ");
    }

    @Test
    void startsAgainWhatIsKilledAndLeavesStoppedWhatIsStopped() throws IOException, InterruptedException {
        platform.up("--redis", "single");
        Long before = platform.service("app-1").pid();
        assertThat(platform.run("kill", "app-1").exitCode()).isZero();
        await().atMost(PATIENCE)
                .until(() -> platform.state("app-1").equals("ready")
                        && !Objects.equals(platform.service("app-1").pid(), before));
        assertThat(platform.run("logs", "supervisor").output())
                .contains("app-1 (pid " + before + ") was ended by signal 9");

        assertThat(platform.run("stop", "storage-2").exitCode()).isZero();
        assertThat(platform.state("storage-2")).isEqualTo("stopped");
        assertThat(platform.run("kill", "storage-2").output()).contains("storage-2 is not running");
        assertThat(platform.run("start", "storage-2").exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> platform.state("storage-2").equals("ready"));

        assertThat(platform.run("stop", "app-9").output()).contains("no process 'app-9'", "app-1, app-2");
        assertThat(platform.run("logs", "app-1").output()).contains("serving on " + (platform.port() + 1));
    }

    @Test
    void stopsInOrderOnASignalInTheForeground() throws IOException, InterruptedException {
        Path output = platform.folder().resolve("up.txt");
        Process up = platform.start(output, "up", "--redis", "single", "--port", Integer.toString(platform.port()));
        await().atMost(PATIENCE).until(() -> Files.readString(output).contains("Holdfast is ready"));
        up.destroy();
        up.waitFor();
        assertThat(Files.readString(output))
                .containsSubsequence(
                        "Stopping gateway-1", "Stopping app-1", "Stopping storage-1", "Stopping redis-1", "Stopped.");
        assertThat(platform.processes()).isEmpty();
    }

    @Test
    void tellsWhyAServiceDoesNotStart() throws IOException, InterruptedException {
        Path newest = platform.home().resolve("app-service", "target", "app-service-2.jar");
        Files.writeString(newest, "no jar");
        try {
            FakePlatform.Result up = platform.up("--redis", "single", "--apps", "1");
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output()).contains("app-1 does not stay alive", "Invalid or corrupt jarfile", "Stopped.");
            assertThat(platform.processes()).isEmpty();
        } finally {
            Files.delete(newest);
        }
    }
}
