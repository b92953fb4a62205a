package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.etag;
import static io.holdfast.endtoend.Api.json;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The documents API through the gateway.
class DocumentsIT {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String NDJSON = "application/x-ndjson";

    /// A client that met another one's write stays away for a random time, so that not all meet again.
    private static final long MOST_PAUSE_NANOS = 200_000_000;

    private final Api api = Platform.shared().api();

    @Test
    void documentComesBackExactlyAsItWasSent() {
        String document = "{ \"zahl\": 12345678901234567890.10e400,\n\t\"a\" : [1.0, -0, \"\\u00e9 é 🦊\"] }  ";
        HttpResponse<byte[]> created = api.put("exact", "a", document);
        assertThat(created.statusCode()).as(text(created)).isEqualTo(201);

        HttpResponse<byte[]> read = api.get(document("exact", "a"));

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(text(read)).isEqualTo(document);
        assertThat(read.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(etag(read)).isEqualTo(etag(created));
        assertThat(api.put("exact", "a", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void headAnswersLikeGetWithoutABody() {
        api.put("heads", "a", "{\"n\":1}");

        HttpResponse<byte[]> head = api.send("HEAD", document("heads", "a"), new byte[0]);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("7");
        assertThat(etag(head)).isEqualTo(etag(api.get(document("heads", "a"))));
        assertThat(api.send("HEAD", document("heads", "none"), new byte[0]).statusCode())
                .isEqualTo(404);
    }

    @Test
    void conditionalRequestsFollowTheEntityTag() {
        String path = document("conditions", "a");
        String first = etag(api.putTo(path, "{}", "If-None-Match", "*"));
        assertThat(api.putTo(path, "{}", "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(api.get(path, "If-None-Match", first).statusCode()).isEqualTo(304);
        String second = etag(api.putTo(path, "{\"n\":2}", "If-Match", first));
        assertThat(api.putTo(path, "{}", "If-Match", first).statusCode()).isEqualTo(412);
        assertThat(api.get(path, "If-None-Match", first).statusCode()).isEqualTo(200);
        assertThat(api.delete(path, "If-Match", first).statusCode()).isEqualTo(412);
        assertThat(api.delete(path, "If-Match", second).statusCode()).isEqualTo(204);
        assertThat(api.delete(path).statusCode()).isEqualTo(404);
        assertThat(api.putTo(path, "{}", "If-Match", "*").statusCode()).isEqualTo(412);
        assertThat(etag(api.putTo(path, "{}"))).isNotIn(first, second);
    }

    @Test
    void postGivesIdsInTheOrderOfTime() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> created = api.post(documents("posted"), "application/json", "{\"i\":" + i + "}");
            assertThat(created.statusCode()).as(text(created)).isEqualTo(201);
            String location = created.headers().firstValue("Location").orElseThrow();
            HttpResponse<byte[]> read = api.get(location);
            assertThat(text(read)).isEqualTo("{\"i\":" + i + "}");
            assertThat(etag(read)).isEqualTo(etag(created));
            ids.add(location.substring(location.lastIndexOf('/') + 1));
        }
        assertThat(new HashSet<>(ids)).hasSize(20);
        assertThat(json(api.get(documents("posted")))
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("id").asString()))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void patchChangesOnlyWhatItNames() {
        String path = document("patched", "a");
        api.putTo(path, "{\"keep\": 1.10e999, \"change\":1, \"drop\":true, \"deep\":{\"a\":1,\"b\":2}}");

        HttpResponse<byte[]> patched = api.send(
                "PATCH",
                path,
                utf8("{\"change\":2,\"drop\":null,\"deep\":{\"b\":null,\"c\":3}}"),
                "Content-Type",
                MERGE_PATCH);

        assertThat(patched.statusCode()).as(text(patched)).isEqualTo(200);
        String document = text(api.get(path));
        assertThat(document).contains("1.10e999").doesNotContain("drop");
        assertThat(Api.JSON.readTree(document).get("deep")).isEqualTo(Api.JSON.readTree("{\"a\":1,\"c\":3}"));
        assertThat(Api.JSON.readTree(document).get("change").asInt()).isEqualTo(2);
        assertThat(api.send("PATCH", document("patched", "none"), utf8("{}"), "Content-Type", MERGE_PATCH)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void concurrentPatchesAreAllApplied() throws Exception {
        String path = document("patched", "busy");
        api.putTo(path, "{}");
        inParallel(32, worker -> {
            for (int i = 0; i < 5; i++) {
                String patch = "{\"w%d-%d\":1}".formatted(worker, i);
                HttpResponse<byte[]> patched = api.send("PATCH", path, utf8(patch), "Content-Type", MERGE_PATCH);
                assertThat(patched.statusCode()).as(text(patched)).isEqualTo(200);
            }
        });
        assertThat(json(api.get(path)).size()).isEqualTo(160);
    }

    @Test
    void clientsThatAddToOneDocumentLoseNoUpdate() throws Exception {
        String path = document("counters", "shared");
        api.putTo(path, "{\"n\":0}");
        inParallel(16, _ -> {
            for (int added = 0; added < 25; ) {
                HttpResponse<byte[]> read = api.get(path);
                int n = json(read).get("n").asInt();
                HttpResponse<byte[]> written = api.putTo(path, "{\"n\":" + (n + 1) + "}", "If-Match", etag(read));
                assertThat(written.statusCode()).as(text(written)).isIn(200, 412);
                if (written.statusCode() == 200) {
                    added++;
                } else {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MOST_PAUSE_NANOS));
                }
            }
        });
        assertThat(text(api.get(path))).isEqualTo("{\"n\":400}");
    }

    private interface Work {
        void run(int worker) throws Exception;
    }

    private static void inParallel(int workers, Work work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = IntStream.range(0, workers)
                    .<Callable<Void>>mapToObj(worker -> () -> {
                        work.run(worker);
                        return null;
                    })
                    .toList();
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "a b",
                "...",
                "{}",
                "{a}/{b}",
                "a;b=c",
                ";",
                "%",
                "%2F",
                "a%20b",
                "🦊",
                "ключ",
                "\\",
                "a?b#c",
                "a+b&c=d",
                "~'\"<>|^`",
                ":bulk",
                "a//b",
                "a/../b",
                "./a"
            })
    void anyValidIdWorksEverywhere(String id) {
        String collection = "ids";
        String document = "{\"id\":" + Api.JSON.writeValueAsString(id) + "}";
        assertThat(api.put(collection, id, document).statusCode()).isIn(200, 201);
        assertThat(text(api.get(document(collection, id)))).isEqualTo(document);
        JsonNode listed = json(api.get(documents(collection) + "?prefix=" + Api.encoded(id)));
        assertThat(listed.get("items").valueStream().map(item -> item.get("id").asString()))
                .contains(id);
        JsonNode got = json(api.post(
                documents(collection) + ":get",
                "application/json",
                "{\"ids\":[" + Api.JSON.writeValueAsString(id) + "]}"));
        assertThat(got.get("items").get(0).get("id").asString()).isEqualTo(id);
        assertThat(api.delete(document(collection, id)).statusCode()).isEqualTo(204);
        assertThat(api.get(document(collection, id)).statusCode()).isEqualTo(404);
        assertThat(json(api.post(documents(collection) + ":bulk", NDJSON, document))
                        .get("written")
                        .asInt())
                .isEqualTo(1);
        assertThat(text(api.get(document(collection, id)))).isEqualTo(document);
    }

    @Test
    void bulkTakesGoodLinesAndNamesBadOnes() {
        String lines = "{\"id\":\"a\",\"n\":1}\n{\"n\":2}\nnot json\n\n{\"id\":\"b\",\"n\":3}\r\n{\"id\":\"..\"}";

        JsonNode answer = json(api.post(documents("bulk") + ":bulk", NDJSON, lines));

        assertThat(answer.get("written").asInt()).isEqualTo(2);
        assertThat(answer.get("failed")
                        .valueStream()
                        .map(failed -> failed.get("line").asInt()))
                .containsExactly(2, 3, 6);
        assertThat(answer.get("failed").valueStream()).allSatisfy(failed -> {
            assertThat(failed.get("type").asString()).startsWith("urn:holdfast:problem:");
            assertThat(failed.get("detail").asString()).isNotBlank();
        });
        assertThat(text(api.get(document("bulk", "b")))).isEqualTo("{\"id\":\"b\",\"n\":3}");
        assertThat(api.count("bulk")).isEqualTo(2);
    }

    @Test
    void everyUndisturbedDocumentIsListedOnceAndInOrder() throws Exception {
        List<String> ids =
                IntStream.range(0, 20_000).mapToObj("d%06d"::formatted).toList();
        bulk("listed", ids);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> disturbance = executor.submit(() -> {
                while (!done.get()) {
                    String id = "d%06d-x".formatted(ThreadLocalRandom.current().nextInt(20_000));
                    api.put("listed", id, "{}");
                    api.delete(document("listed", id));
                }
            });
            assertThat(undisturbed(pages("listed", 500))).isEqualTo(ids);
            assertThat(undisturbed(stream("listed"))).isEqualTo(ids);
            done.set(true);
            disturbance.get();
        }
        assertThat(api.count("listed")).isEqualTo(20_000);
    }

    private void bulk(String collection, List<String> ids) {
        for (int i = 0; i < ids.size(); i += 2000) {
            String lines = ids.subList(i, Math.min(ids.size(), i + 2000)).stream()
                    .map("{\"id\":\"%s\"}"::formatted)
                    .collect(Collectors.joining("\n"));
            HttpResponse<byte[]> answer = api.post(documents(collection) + ":bulk", NDJSON, lines);
            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
            assertThat(json(answer).get("failed")).isEmpty();
        }
    }

    private static List<String> undisturbed(List<String> ids) {
        return ids.stream().filter(id -> id.length() == 7).toList();
    }

    private List<String> pages(String collection, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = json(api.get(documents(collection) + "?limit=" + limit + cursor));
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            JsonNode next = page.get("next");
            cursor = next == null || next.isNull() ? null : "&cursor=" + next.asString();
        }
        return ids;
    }

    private List<String> stream(String collection) {
        return text(api.get(documents(collection), "Accept", NDJSON))
                .lines()
                .map(line -> Api.JSON.readTree(line).get("id").asString())
                .toList();
    }

    @Test
    void expiredDocumentsLeaveEverything() {
        bulkWithTtl();
        api.put("expiring", "stays", "{}");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(api.get(document("expiring", "e7")).statusCode()).isEqualTo(404);
            assertThat(api.count("expiring")).isEqualTo(1);
            assertThat(pages("expiring", 100)).containsExactly("stays");
        });
    }

    private void bulkWithTtl() {
        for (int i = 0; i < 100; i++) {
            assertThat(api.putTo(document("expiring", "e" + i) + "?ttl=2", "{}").statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void deletedCollectionIsGoneAndMayComeBack() {
        bulk("deleted", IntStream.range(0, 3000).mapToObj(i -> "d" + i).toList());
        String before = etag(api.get(document("deleted", "d1")));
        assertThat(names()).contains("deleted");

        assertThat(api.delete("/api/v1/collections/deleted").statusCode()).isEqualTo(204);

        assertThat(names()).doesNotContain("deleted");
        assertThat(api.get("/api/v1/collections/deleted").statusCode()).isEqualTo(404);
        assertThat(api.get(document("deleted", "d1")).statusCode()).isEqualTo(404);
        assertThat(api.delete("/api/v1/collections/deleted").statusCode()).isEqualTo(404);
        assertThat(etag(api.put("deleted", "d1", "{}"))).isNotEqualTo(before);
        assertThat(api.count("deleted")).isEqualTo(1);
    }

    private Set<String> names() {
        return json(api.get("/api/v1/collections"))
                .get("collections")
                .valueStream()
                .map(collection -> collection.get("name").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void manyDocumentsInOneAnswer() {
        bulk("many", IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
        List<String> ids = new ArrayList<>(
                IntStream.range(0, 200).mapToObj(i -> "\"m" + i + "\"").toList());
        Collections.shuffle(ids);
        ids.add("\"none\"");

        JsonNode answer = json(api.post(documents("many") + ":get", "application/json", "{\"ids\":" + ids + "}"));

        assertThat(answer.get("items").size()).isEqualTo(200);
        assertThat(answer.get("missing").valueStream().map(JsonNode::asString)).containsExactly("none");
    }

    @Test
    void describesItself() {
        JsonNode description =
                Api.JSON.readTree(api.send(HttpRequest.newBuilder(api.base().resolve("/v3/api-docs"))
                                .build())
                        .body());
        assertThat(description.get("paths").propertyNames())
                .contains("/api/v1/collections/{collection}/documents/{id}");
        HttpResponse<byte[]> page = api.send(HttpRequest.newBuilder(api.base().resolve("/swagger-ui/index.html"))
                .build());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).contains("swagger-ui");
    }
}
