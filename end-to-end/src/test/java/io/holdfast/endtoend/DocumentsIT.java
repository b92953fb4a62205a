package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.etag;
import static io.holdfast.endtoend.Api.json;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Single documents through the gateway, and the description of the API.
class DocumentsIT {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String NDJSON = "application/x-ndjson";

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
