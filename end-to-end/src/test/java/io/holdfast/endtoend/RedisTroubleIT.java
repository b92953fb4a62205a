package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.assertProblem;
import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Redis servers that take no writes, accept no credentials or are all gone: callers get clear answers, health says
/// what is wrong, and everything recovers while the services stay as they are.
class RedisTroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PATH = document("trouble", "a");

    private final Platform platform = Platform.shared();
    private final Api api = platform.api();
    private String password;
    private List<Integer> ports;
    private List<Long> services;

    @BeforeEach
    void remember() throws IOException {
        password = Files.readString(platform.data().resolve("redis-password")).strip();
        JsonNode status = platform.status();
        ports = status.get("redis")
                .valueStream()
                .map(node -> node.get("port").asInt())
                .toList();
        services = pids(status);
        assertThat(api.putTo(PATH, "{\"n\":1}").statusCode()).isIn(200, 201);
    }

    @AfterEach
    void recoversWithTheSameProcesses() {
        await().atMost(PATIENCE).until(() -> api.putTo(PATH, "{\"n\":2}").statusCode() == 200);
        await().atMost(PATIENCE).until(() -> allReady(platform.status()));
        assertThat(pids(platform.status())).isEqualTo(services);
        assertThat(text(api.get(PATH))).isEqualTo("{\"n\":2}");
    }

    private static List<Long> pids(JsonNode status) {
        return status.get("processes")
                .valueStream()
                .map(process -> process.get("pid").asLong())
                .toList();
    }

    private static boolean allReady(JsonNode status) {
        return status.get("processes")
                .valueStream()
                .allMatch(process -> process.get("state").asString().equals("ready"));
    }

    private void all(String password, String... command) throws IOException {
        for (int port : ports) {
            new RedisAdmin(NodeAddress.local(port), password).ask(command);
        }
    }

    private List<JsonNode> storageHealth(String component) {
        return platform.status()
                .get("processes")
                .valueStream()
                .filter(process -> process.get("role").asString().equals("storage"))
                .map(process -> new Api(process.get("managementPort").asInt(), ""))
                .map(management -> Api.json(management.get("/actuator/health"))
                        .get("components")
                        .get(component))
                .toList();
    }

    private boolean anyReason(String component, String words) {
        return storageHealth(component).stream()
                .map(health -> health.path("details").path("reason").asString(""))
                .anyMatch(reason -> reason.contains(words));
    }

    private static void assertSaysWhenToComeBack(HttpResponse<byte[]> answer) {
        assertProblem(answer, 503, "storage-unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aFullRedisTakesNoWritesAndGoesOnToBeRead() throws IOException {
        String removed = document("trouble", "removed");
        String[] key = {"Content-Type", "application/json", "Idempotency-Key", "\"full\""};
        assertThat(api.putTo(removed, "{}").statusCode()).isIn(200, 201);
        all(password, "CONFIG", "SET", "maxmemory", "1mb");
        try {
            assertProblem(api.putTo(PATH, "{\"n\":3}"), 507, "storage-full");
            assertProblem(api.send("POST", documents("trouble"), utf8("{}"), key), 507, "storage-full");
            assertThat(text(api.get(PATH))).isEqualTo("{\"n\":1}");
            assertThat(api.get(documents("trouble")).statusCode()).isEqualTo(200);
            assertThat(api.delete(removed).statusCode()).isEqualTo(204);
            assertThat(anyReason("writes", "memory limit")).isTrue();
            assertThat(allReady(platform.status())).isTrue();
        } finally {
            all(password, "CONFIG", "SET", "maxmemory", "0");
        }
        assertThat(api.send("POST", documents("trouble"), utf8("{}"), key).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aReadOnlyRedisIsWaitedForAndThenNamed() throws IOException {
        all(password, "CONFIG", "SET", "min-replicas-to-write", "3");
        try {
            HttpResponse<byte[]> refused = api.putTo(PATH, "{\"n\":3}");
            assertSaysWhenToComeBack(refused);
            assertThat(text(refused)).contains("replicas");
            assertThat(text(api.get(PATH))).isEqualTo("{\"n\":1}");
            assertThat(anyReason("writes", "replicas")).isTrue();
        } finally {
            all(password, "CONFIG", "SET", "min-replicas-to-write", "0");
        }
    }

    /// Longer than one attempt of the gateway takes, and shorter than a request may.
    @Test
    void aWriteWaitsForItsReplicaAsLongAsTheRequestMayTake() throws Exception {
        List<ProcessHandle> replicas = platform.status()
                .get("redis")
                .valueStream()
                .filter(node -> node.get("role").asString().equals("replica"))
                .map(node -> ProcessHandle.of(node.get("pid").asLong()).orElseThrow())
                .toList();
        String[] key = {"Content-Type", "application/json", "Idempotency-Key", "\"patient\""};
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Platform.signal("STOP", replicas);
            Future<HttpResponse<byte[]>> put = executor.submit(() -> api.putTo(PATH, "{\"n\":3}"));
            Future<HttpResponse<byte[]>> posted =
                    executor.submit(() -> api.send("POST", documents("patient"), utf8("{}"), key));
            Future<HttpResponse<byte[]>> merged = executor.submit(
                    () -> api.send("PATCH", PATH, utf8("{\"m\":1}"), "Content-Type", "application/merge-patch+json"));
            await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
            assertThat(List.of(put, posted, merged)).noneMatch(Future::isDone);
            Platform.signal("CONT", replicas);
            assertThat(put.get().statusCode()).as(text(put.get())).isEqualTo(200);
            assertThat(posted.get().statusCode()).as(text(posted.get())).isEqualTo(201);
            assertThat(merged.get().statusCode()).as(text(merged.get())).isEqualTo(200);
            assertThat(api.count("patient")).isEqualTo(1);
        } finally {
            Platform.signal("CONT", replicas);
        }
    }

    @Test
    void aWrongPasswordIsNamedAndTheRightOneIsEnough() throws IOException {
        String other = "another-password";
        all(password, "CONFIG", "SET", "requirepass", other);
        try {
            all(other, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            assertSaysWhenToComeBack(api.get(PATH));
            await().atMost(PATIENCE).until(() -> anyReason("partitions", "credentials"));
            assertThat(storageHealth("partitions"))
                    .allSatisfy(health ->
                            assertThat(health.get("status").asString()).isEqualTo("DOWN"));
        } finally {
            all(other, "CONFIG", "SET", "requirepass", password);
        }
    }

    @Test
    void allOfRedisMayStopAndStart() {
        each("stop");
        try {
            assertSaysWhenToComeBack(api.get(PATH));
            assertSaysWhenToComeBack(api.putTo(PATH, "{\"n\":3}"));
            await().atMost(PATIENCE).until(() -> anyReason("partitions", "reached"));
        } finally {
            each("start");
        }
    }

    private void each(String command) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.rangeClosed(1, ports.size())
                    .forEach(i -> executor.execute(() -> platform.run(command, "redis-" + i)));
        }
    }
}
