package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.etag;
import static io.holdfast.endtoend.Api.json;
import static io.holdfast.endtoend.Api.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Many documents at once, through the gateway.
class CollectionsIT {
    private static final String NDJSON = "application/x-ndjson";

    private final Api api = Platform.shared().api();

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
            try {
                assertThat(undisturbed(pages("listed", 500))).isEqualTo(ids);
                assertThat(undisturbed(stream("listed"))).isEqualTo(ids);
            } finally {
                done.set(true);
            }
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
}
