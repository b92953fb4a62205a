package io.holdfast.deployment;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes and reads back without pause, never repeating a request, and keeps what was acknowledged.
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WORKERS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final URI documents;
    private final String apiKey;
    private final String collection;

    Load(Deployment deployment, String collection) {
        documents = URI.create(
                "http://127.0.0.1:%d/api/v1/collections/%s/documents".formatted(deployment.port(), collection));
        apiKey = deployment.apiKey();
        this.collection = collection;
        IntStream.range(0, WORKERS).forEach(worker -> executor.execute(() -> run(worker)));
    }

    private void run(int worker) {
        for (int i = 0; !done.get(); i++) {
            String document = "{\"worker\":%d,\"n\":%d}".formatted(worker, i);
            put(worker + "-" + i, document);
            post("\"%s-%d-%d\"".formatted(collection, worker, i), document);
        }
    }

    private void put(String id, String document) {
        HttpResponse<String> answer = send(
                201, request("/" + id).PUT(BodyPublishers.ofString(document)).build());
        if (answer != null && answer.statusCode() == 201) {
            acknowledged.put(id, document);
            send(200, request("/" + id).build());
        }
    }

    private void post(String key, String document) {
        HttpResponse<String> answer = send(
                201,
                request("")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(document))
                        .build());
        if (answer != null && answer.statusCode() == 201) {
            String location = answer.headers().firstValue("Location").orElseThrow();
            acknowledged.put(location.substring(location.lastIndexOf('/') + 1), document);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(documents + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json");
    }

    private @Nullable HttpResponse<String> send(int expected, HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                failures.add(request.method() + " " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            failures.add(request.method() + " " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /// Waits until the platform has taken some more writes.
    void awaitMore() {
        int before = acknowledged.size();
        await().atMost(PATIENCE).until(() -> acknowledged.size() > before + 100);
    }

    /// Lets requests under way come to their end, and sends no more.
    void finish() {
        done.set(true);
        executor.close();
    }

    Queue<String> failures() {
        return failures;
    }

    Map<String, String> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        finish();
        client.close();
    }
}
