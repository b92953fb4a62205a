package io.holdfast.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.process.ProcessIdentity;
import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.redis.RedisServer;
import io.holdfast.launcher.supervisor.PlatformStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The launcher as a whole, as a process of its own, with real Redis and fake services.
class PlatformIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PORT = "22000";

    private final Path folder;
    private final FakeHome home;

    PlatformIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.home = new FakeHome(folder);
    }

    @AfterEach
    void endWhatIsLeft() throws IOException, InterruptedException {
        home.run("down");
        home.processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void runsInTheBackgroundUntilItIsToldToEnd() throws IOException, InterruptedException {
        FakeHome.Result up = up("--redis", "cluster");
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("Holdfast is ready at http://127.0.0.1:" + PORT, "api-key", "curl");

        PlatformStatus status = status();
        assertThat(status.processes().stream().map(PlatformStatus.ServiceStatus::name))
                .containsExactly("gateway-1", "app-1", "app-2", "storage-1", "storage-2");
        assertThat(status.processes()).allMatch(process -> process.state().equals("ready"));
        assertThat(status.redis().stream().map(PlatformStatus.RedisStatus::role))
                .containsExactly("primary", "primary", "primary", "replica", "replica", "replica");
        assertThat(get(22_101, "/arguments")).contains("--spring.data.redis.cluster.nodes=127.0.0.1:22301,");
        assertThat(get(22_000, "/secrets"))
                .isEqualTo(home.data().resolve("secrets").toString());

        assertThat(home.run("up", "--port", "23000").output()).contains("is running from", "already");
        assertThat(home.run("down").exitCode()).isZero();
        assertThat(home.processes()).isEmpty();
        FakeHome.Result gone = home.run("status");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.output()).contains("is not running from").doesNotContain("\tat ");
    }

    @Test
    void startsAgainWhatIsKilledAndLeavesStoppedWhatIsStopped() throws IOException, InterruptedException {
        up("--redis", "single");
        long before = pid("app-1");
        assertThat(home.run("kill", "app-1").exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> state("app-1").equals("ready") && pid("app-1") != before);
        assertThat(home.run("logs", "supervisor").output())
                .contains("app-1 (pid " + before + ") was ended by signal 9");

        assertThat(home.run("stop", "storage-2").exitCode()).isZero();
        assertThat(state("storage-2")).isEqualTo("stopped");
        assertThat(home.run("kill", "storage-2").output()).contains("storage-2 is not running");
        assertThat(home.run("start", "storage-2").exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> state("storage-2").equals("ready"));

        assertThat(home.run("stop", "app-9").output()).contains("no process 'app-9'", "app-1, app-2");
        assertThat(home.run("logs", "app-1").output()).contains("serving on 22001");
    }

    @Test
    void losesNothingWhenEverythingIsKilled() throws IOException, InterruptedException {
        up("--redis", "single");
        redis("SET", "key", "value");
        List<ProcessIdentity> all = home.processes().map(ProcessIdentity::of).toList();
        home.processes().forEach(ProcessHandle::destroyForcibly);
        assertThat(all).isNotEmpty().allMatch(PlatformIT::ends);

        assertThat(home.run("status").output()).contains("its supervisor", "is gone");
        assertThat(up("--redis", "single").exitCode()).isZero();
        assertThat(redis("GET", "key")).isEqualTo("value");
    }

    @Test
    void endsWhatAKilledSupervisorLeftBehind() throws IOException, InterruptedException {
        up("--redis", "single");
        redis("SET", "key", "value");
        long supervisor = JsonMapper.shared()
                .readTree(Files.readString(home.data().resolve("state.json")))
                .path("supervisor")
                .path("pid")
                .asLong(0);
        ProcessHandle handle = ProcessHandle.of(supervisor).orElseThrow();
        ProcessIdentity identity = ProcessIdentity.of(handle);
        handle.destroyForcibly();
        assertThat(ends(identity)).isTrue();
        assertThat(home.processes()).isNotEmpty();

        FakeHome.Result up = up("--redis", "single");
        assertThat(up.output()).contains("Ending what an earlier supervisor left running: gateway-1");
        assertThat(up.exitCode()).isZero();
        assertThat(redis("GET", "key")).isEqualTo("value");
    }

    @Test
    void usesAnExistingRedisWithItsPassword() throws IOException, InterruptedException {
        try (RedisServer existing = RedisServer.start(folder.resolve("existing"), 0, "secret")) {
            Path password = Files.writeString(folder.resolve("password"), "secret\n");
            String address = existing.address().toString();
            assertThat(up("--redis", address).output()).contains("does not answer", "HOLDFAST_REDIS_PASSWORD");
            FakeHome.Result up = up("--redis", address, "--redis-password-file", password.toString());
            assertThat(up.exitCode()).as(up.output()).isZero();
            assertThat(get(22_101, "/arguments"))
                    .contains("--spring.data.redis.port=" + existing.address().port());
            assertThat(status().redis().getFirst().role()).isEqualTo("primary");
            home.run("down");
            assertThat(existing.admin().answers()).isTrue();
        }
    }

    @Test
    void stopsInOrderOnASignalInTheForeground() throws IOException, InterruptedException {
        Path output = folder.resolve("up.txt");
        Process up = home.start(output, "up", "--redis", "single", "--port", PORT);
        await().atMost(PATIENCE).until(() -> Files.readString(output).contains("Holdfast is ready"));
        up.destroy();
        up.waitFor();
        assertThat(Files.readString(output))
                .containsSubsequence(
                        "Stopping gateway-1", "Stopping app-1", "Stopping storage-1", "Stopping redis-1", "Stopped.");
        assertThat(home.processes()).isEmpty();
    }

    @Test
    void tellsWhyAServiceDoesNotStart() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("app-service/target/app-service-2.jar"), "no jar");
        FakeHome.Result up = up("--redis", "single", "--apps", "1");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output()).contains("app-1 does not stay alive", "Invalid or corrupt jarfile", "Stopped.");
        assertThat(home.processes()).isEmpty();
    }

    private FakeHome.Result up(String... more) throws IOException, InterruptedException {
        return home.run(Stream.concat(Stream.of("up", "--detach", "--port", PORT), Stream.of(more))
                .toArray(String[]::new));
    }

    private PlatformStatus status() throws IOException, InterruptedException {
        return JsonMapper.shared().readValue(home.run("status", "--json").output(), PlatformStatus.class);
    }

    private String state(String name) throws IOException, InterruptedException {
        return process(name).path("state").asString("");
    }

    private long pid(String name) throws IOException, InterruptedException {
        return process(name).path("pid").asLong(-1);
    }

    private JsonNode process(String name) throws IOException, InterruptedException {
        for (JsonNode process : JsonMapper.shared()
                .readTree(home.run("status", "--json").output())
                .path("processes")) {
            if (process.path("name").asString("").equals(name)) {
                return process;
            }
        }
        throw new AssertionError(name + " is not in the status");
    }

    private String redis(String... command) throws IOException {
        String password =
                Files.readString(home.data().resolve("redis-password")).strip();
        return new RedisAdmin(NodeAddress.local(22_301), password).ask(command);
    }

    private static String get(int port, String path) throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean ends(ProcessIdentity process) {
        try {
            return process.awaitEnd(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
