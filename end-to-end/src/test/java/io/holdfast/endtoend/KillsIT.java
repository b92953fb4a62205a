package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// What processes that die do to the platform and to what it keeps.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Platform platform = Platform.shared();
    private final Api api = platform.api();

    /// Writes and reads back without pause, and keeps what was acknowledged.
    private final class Load implements AutoCloseable {
        private final AtomicBoolean done = new AtomicBoolean();
        private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
        private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        private final String collection;

        Load(String collection) {
            this.collection = collection;
            IntStream.range(0, 8).forEach(worker -> executor.execute(() -> run(worker)));
        }

        private void run(int worker) {
            for (int i = 0; !done.get(); i++) {
                String id = worker + "-" + i;
                String document = "{\"n\":" + i + "}";
                check(201, api.put(collection, id, document));
                acknowledged.put(id, document);
                check(200, api.get(document(collection, id)));
            }
        }

        /// A write whose service died on it is sent again, and answered as it would have been: 201 and not 200.
        private void check(int status, HttpResponse<byte[]> answer) {
            if (answer.statusCode() != status) {
                errors.add(answer.request().method() + " " + answer.statusCode() + " " + text(answer));
            }
        }

        /// Waits until the platform takes writes.
        void awaitMore() {
            int before = acknowledged.size();
            await().atMost(PATIENCE).until(() -> acknowledged.size() > before + 50);
        }

        /// Lets requests under way come to their end, and sends no more.
        void finish() {
            done.set(true);
            executor.close();
        }

        @Override
        public void close() {
            finish();
        }
    }

    @Test
    @Order(1)
    void killedServicesAreNotNoticedAndComeBack() {
        try (Load load = new Load("killed")) {
            load.awaitMore();
            List<JsonNode> before =
                    Stream.of("app-1", "storage-2").map(platform::process).toList();
            before.forEach(process -> platform.run("kill", process.get("name").asString()));
            before.forEach(platform::awaitAnother);
            load.awaitMore();
            load.finish();
            assertThat(load.errors).isEmpty();
            assertThat(stored("killed")).containsAllEntriesOf(load.acknowledged);
        }
    }

    private Map<String, String> stored(String collection) {
        return text(api.get(Api.documents(collection), "Accept", "application/x-ndjson"))
                .lines()
                .map(Api.JSON::readTree)
                .collect(Collectors.toMap(
                        item -> item.get("id").asString(),
                        item -> item.get("document").toString()));
    }

    @Test
    @Order(2)
    void aStoppedServiceStaysStoppedUntilItIsStarted() {
        platform.run("stop", "app-2");
        assertThat(platform.process("app-2").get("state").asString()).isEqualTo("stopped");
        IntStream.range(0, 20)
                .forEach(i ->
                        assertThat(api.get("/api/v1/collections").statusCode()).isEqualTo(200));
        platform.run("start", "app-2");
        await().atMost(PATIENCE)
                .until(() -> platform.process("app-2").get("state").asString().equals("ready"));
    }

    @Test
    @Order(3)
    void aKilledPrimaryIsAPauseAndNotAnError() {
        JsonNode primary = platform.status()
                .get("redis")
                .valueStream()
                .filter(redis -> redis.get("role").asString().equals("primary"))
                .findFirst()
                .orElseThrow();
        try (Load load = new Load("failover")) {
            load.awaitMore();
            platform.run("kill", primary.get("name").asString());
            platform.awaitAnother(primary);
            load.awaitMore();
            load.finish();
            assertThat(load.errors).isEmpty();
            assertThat(platform.process(primary.get("name").asString())
                            .get("role")
                            .asString())
                    .isEqualTo("replica");
            assertThat(stored("failover")).containsAllEntriesOf(load.acknowledged);
        }
    }

    @Test
    @Order(4)
    void everythingIsStillThereAfterDownAndUp() {
        IntStream.range(0, 500).forEach(i -> api.put("kept", "k" + i, "{\"n\":" + i + "}"));

        platform.down();
        platform.up();

        assertThat(api.count("kept")).isEqualTo(500);
        assertThat(text(api.get(document("kept", "k77")))).isEqualTo("{\"n\":77}");
    }

    @Test
    @Order(5)
    void everythingAcknowledgedSurvivesTheDeathOfAllProcesses() throws Exception {
        IntStream.range(0, 500).forEach(i -> api.put("survivors", "k" + i, "{\"n\":" + i + "}"));
        JsonNode status = platform.status();
        // The append-only files are written to disk once a second: what was acknowledged before that is safe.
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);

        long supervisor = json(platform.data().resolve("state.json"))
                .get("supervisor")
                .get("pid")
                .asLong();
        ProcessHandle.of(supervisor).ifPresent(ProcessHandle::destroyForcibly);
        Stream.concat(status.get("processes").valueStream(), status.get("redis").valueStream())
                .map(process -> process.get("pid").asLong())
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        platform.up();

        assertThat(api.count("survivors")).isEqualTo(500);
        assertThat(api.count("kept")).isEqualTo(500);
    }

    private static JsonNode json(Path file) {
        return Api.JSON.readTree(file);
    }

    @Test
    @Order(6)
    void keysAreSpreadEvenlyOverThePrimaries() {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 30_000).forEach(i -> lines.append("{\"id\":\"%d\",\"n\":1}\n".formatted(i)));
        HttpResponse<byte[]> answer =
                api.post(Api.documents("spread") + ":bulk", "application/x-ndjson", lines.toString());
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);

        List<Long> keys = platform.status()
                .get("redis")
                .valueStream()
                .filter(redis -> redis.get("role").asString().equals("primary"))
                .map(redis -> redis.get("keys").asLong())
                .sorted()
                .toList();

        assertThat(keys).hasSize(3);
        assertThat((double) keys.getLast() / keys.getFirst()).as("%s", keys).isLessThan(1.25);
    }
}
