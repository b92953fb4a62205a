package io.holdfast.endtoend;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Clients that create, replace and read documents without a pause, and remember what was acknowledged
/// and what failed. What failed is not sent again.
final class SteadyLoad implements AutoCloseable {
    private static final int CLIENTS = 6;

    private final Api api;
    private final String collection;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    SteadyLoad(Api api, String collection) {
        this.api = api;
        this.collection = collection;
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.execute(() -> work(number));
        }
    }

    private void work(int client) {
        for (int i = 0; !over.get(); i++) {
            String content = "{\"client\":%d,\"turn\":%d}".formatted(client, i);
            String id = send(
                    "POST",
                    Api.documents(collection),
                    content,
                    "Content-Type",
                    "application/json",
                    "Idempotency-Key",
                    collection + "-" + client + "-" + i);
            if (id != null) {
                acknowledged.put(id, content);
                send("GET", Api.document(collection, id), "");
            }
            String own = "client-" + client;
            if (send("PUT", Api.document(collection, own), content, "Content-Type", "application/json") != null) {
                acknowledged.put(own, content);
            }
        }
    }

    /// The id of the document, or null where the request failed.
    private @Nullable String send(String method, String path, String body, String... headers) {
        requests.incrementAndGet();
        try {
            HttpResponse<byte[]> response = api.send(method, path, Api.utf8(body), headers);
            if (response.statusCode() / 100 == 2) {
                String place = response.headers().firstValue("Location").orElse(path);
                return place.substring(place.lastIndexOf('/') + 1);
            }
            failures.add(method + " " + response.statusCode() + " " + Api.text(response));
        } catch (UncheckedIOException e) {
            failures.add(method + " " + e.getCause());
        }
        return null;
    }

    int requests() {
        return requests.get();
    }

    Queue<String> failures() {
        return failures;
    }

    /// What was acknowledged last of each document, by id.
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        over.set(true);
        clients.shutdown();
        try {
            if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Clients do not come to an end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
