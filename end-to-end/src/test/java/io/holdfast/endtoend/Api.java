package io.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the public API. Thread-safe.
final class Api {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String key;

    Api(int port, String key) {
        this(URI.create("http://127.0.0.1:" + port), key);
    }

    Api(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    String key() {
        return key;
    }

    static String documents(String collection) {
        return "/api/v1/collections/" + collection + "/documents";
    }

    static String document(String collection, String id) {
        return documents(collection) + "/" + encoded(id);
    }

    /// An id as one segment of a path.
    static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// @param headers names and values in turn
    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI base() {
        return base;
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    HttpResponse<byte[]> put(String collection, String id, String document) {
        return putTo(document(collection, id), document);
    }

    HttpResponse<byte[]> putTo(String path, String document, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send("PUT", path, utf8(document), all);
    }

    HttpResponse<byte[]> post(String path, String contentType, String body) {
        return send("POST", path, utf8(body), "Content-Type", contentType);
    }

    HttpResponse<byte[]> delete(String path, String... headers) {
        return send("DELETE", path, new byte[0], headers);
    }

    /// How many documents a collection has, as the platform counts them.
    long count(String collection) {
        HttpResponse<byte[]> response = get("/api/v1/collections/" + collection);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        return json(response).get("count").asLong();
    }

    static String etag(HttpResponse<?> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Asserts that a response is the problem it should be, and a whole one.
    static void assertProblem(HttpResponse<byte[]> response, int status, String type) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("type").asString()).isEqualTo("urn:holdfast:problem:" + type);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString())
                .isNotBlank()
                .doesNotContain("Exception", "java.", "org.springframework");
    }
}
