package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.origin.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tells the origins what to do, and reads what they counted.
final class OriginControl implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Integer> ports;

    OriginControl(List<Integer> ports) {
        this.ports = ports;
    }

    void set(Scenario scenario) throws InterruptedException {
        for (int i = 0; i < ports.size(); i++) {
            call(ports.get(i), "PUT", "?" + scenario.behaviour(i));
        }
    }

    List<Counts> counts() throws InterruptedException {
        List<Counts> counts = new ArrayList<>();
        for (int port : ports) {
            JsonNode state = JSON.readTree(call(port, "GET", ""));
            counts.add(JSON.treeToValue(state.required("counts"), Counts.class));
        }
        return counts;
    }

    private String call(int port, String method, String query) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/control" + query);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Origin %d says %s".formatted(port, answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException("Origin %d does not answer".formatted(port), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
