package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What takes place once although it is sent more than once, and although processes die on it.
class OnceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String[] PATCH = {"Content-Type", "application/merge-patch+json"};

    private final Platform platform = Platform.shared();
    private final Api api = platform.api();

    private static String[] with(String[] headers, String name, String value) {
        return new String[] {headers[0], headers[1], name, value};
    }

    private static boolean replayed(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Idempotent-Replayed").orElse("").equals("true");
    }

    @Test
    void aRepeatedRequestIsAnsweredAsTheFirstTime() {
        String[] headers = with(JSON, "Idempotency-Key", "\"order 7\"");
        HttpResponse<byte[]> first = api.send("POST", documents("once"), utf8("{}"), headers);
        assertThat(first.statusCode()).as(text(first)).isEqualTo(201);
        assertThat(replayed(first)).isFalse();

        HttpResponse<byte[]> second = api.send("POST", documents("once"), utf8("{}"), headers);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(Api.etag(second)).isEqualTo(Api.etag(first));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(replayed(second)).isTrue();
        assertThat(api.count("once")).isEqualTo(1);
        Api.assertProblem(
                api.send("POST", documents("once"), utf8("{\"n\":1}"), headers), 422, "idempotency-key-reused");
        Api.assertProblem(api.send("PUT", document("once", "x"), utf8("{}"), headers), 422, "idempotency-key-reused");
        Api.assertProblem(
                api.send("POST", documents("once"), utf8("{}"), with(JSON, "Idempotency-Key", "a b")),
                400,
                "invalid-idempotency-key");
    }

    @Test
    void ofManyAtOnceOneTakesPlace() {
        String[] headers = with(JSON, "Idempotency-Key", "\"at-once\"");
        AtomicInteger created = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> others = new ConcurrentLinkedQueue<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 40)
                    .forEach(_ -> executor.execute(() -> {
                        HttpResponse<byte[]> answer = api.send("POST", documents("at-once"), utf8("{}"), headers);
                        if (answer.statusCode() == 201 && !replayed(answer)) {
                            created.incrementAndGet();
                        } else {
                            others.add(answer.statusCode());
                        }
                    }));
        }
        assertThat(created).hasValue(1);
        assertThat(others).allMatch(status -> status == 201 || status == 409);
        assertThat(api.count("at-once")).isEqualTo(1);
    }

    /// Creates a document, adds a member to one that all its worker's patches go to, replaces and deletes. Each
    /// request is sent once here, with a key or without; whatever repetition it needs, the gateway makes.
    private final class Load implements AutoCloseable {
        private final AtomicBoolean done = new AtomicBoolean();
        private final AtomicInteger rounds = new AtomicInteger();
        private final Map<String, String> created = new ConcurrentHashMap<>();
        private final Map<Integer, Integer> patches = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
        private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

        Load() {
            IntStream.range(0, 8).forEach(worker -> executor.execute(() -> run(worker)));
        }

        private void run(int worker) {
            expect(201, api.put("patched", "w" + worker, "{}"));
            String version = "";
            for (int i = 0; !done.get(); i++) {
                String name = worker + "-" + i;
                boolean keyed = i % 2 == 0;
                HttpResponse<byte[]> posted =
                        send("POST", documents("created"), "{\"name\":\"" + name + "\"}", JSON, keyed);
                expect(201, posted);
                created.put(name, posted.headers().firstValue("Location").orElse("none"));
                HttpResponse<byte[]> patched =
                        send("PATCH", document("patched", "w" + worker), "{\"m" + i + "\":" + i + "}", PATCH, keyed);
                expect(200, patched);
                assertGrows(version, patched);
                version = patched.headers().firstValue("ETag").orElse("");
                patches.merge(worker, 1, Integer::sum);
                expect(201, send("PUT", document("replaced", name), "1", JSON, keyed));
                expect(200, send("PUT", document("replaced", name), "2", JSON, keyed));
                expect(204, send("DELETE", document("replaced", name), "", JSON, keyed));
                rounds.incrementAndGet();
            }
        }

        private void assertGrows(String before, HttpResponse<byte[]> answer) {
            String after = answer.headers().firstValue("ETag").orElse("");
            if (answer.statusCode() == 200 && (after.equals(before) || after.isEmpty())) {
                errors.add("the version did not change: " + after);
            }
        }

        private HttpResponse<byte[]> send(String method, String path, String body, String[] type, boolean keyed) {
            String[] headers =
                    keyed ? with(type, "Idempotency-Key", UUID.randomUUID().toString()) : type;
            return api.send(method, path, utf8(body), headers);
        }

        private void expect(int status, HttpResponse<byte[]> answer) {
            if (answer.statusCode() != status) {
                errors.add(answer.request().method() + " " + answer.request().uri() + " " + answer.statusCode() + " "
                        + text(answer));
            }
        }

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
    void nothingFailsOrTakesPlaceTwiceWhileServicesDie() {
        try (Load load = new Load()) {
            for (String name : List.of("app-1", "storage-2", "app-2", "storage-1", "app-1", "app-2")) {
                int before = load.rounds.get();
                await().atMost(PATIENCE).until(() -> load.rounds.get() > before + 20);
                long pid = platform.process(name).get("pid").asLong();
                platform.run("kill", name);
                await().atMost(PATIENCE).until(() -> isReady(name, pid));
            }
            load.finish();
            assertThat(load.errors).isEmpty();
            assertThat(api.count("created")).isEqualTo(load.created.size());
            assertThat(api.count("replaced")).isZero();
            load.patches.forEach((worker, patches) -> {
                HttpResponse<byte[]> answer = api.get(document("patched", "w" + worker));
                assertThat(Api.json(answer).size()).isEqualTo(patches);
            });
            load.created.forEach((name, location) -> assertThat(
                            Api.json(api.get(location)).get("name").asString())
                    .isEqualTo(name));
        }
    }

    private boolean isReady(String name, long notPid) {
        JsonNode process = platform.process(name);
        return process.get("state").asString().equals("ready")
                && process.get("pid").asLong() != notPid;
    }
}
