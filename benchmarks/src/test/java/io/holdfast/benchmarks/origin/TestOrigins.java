package io.holdfast.benchmarks.origin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.json.JsonMapper;

/// Origins on free ports, and a client for them.
public final class TestOrigins implements AutoCloseable {
    private final Origins origins;
    private final HttpClient client = HttpClient.newHttpClient();

    public TestOrigins(int count) throws InterruptedException {
        origins = new Origins(0, count);
    }

    public int port(int origin) {
        return origins.ports().get(origin);
    }

    public HttpResponse<String> control(int origin, String changes) {
        return send(origin, "PUT", "/control?" + changes);
    }

    public Counts counts(int origin) {
        String state = send(origin, "GET", "/control").body();
        JsonMapper json = JsonMapper.builder().build();
        return json.treeToValue(json.readTree(state).required("counts"), Counts.class);
    }

    HttpResponse<String> get(int origin, String path) {
        return send(origin, "GET", path);
    }

    private HttpResponse<String> send(int origin, String method, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port(origin) + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        origins.close();
    }
}
