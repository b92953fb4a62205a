package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads back without pause, never repeating a request, and keeps what was acknowledged.
final class Load implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /// Where each restart under load has to last for a given number of requests: `-Drequests=20000`.
    private static final int REQUESTS = Integer.getInteger("requests", 0);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WORKERS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Gateway gateway;
    private final String documents;
    private final String collection;

    Load(Gateway gateway, String collection) {
        this.gateway = gateway;
        documents = "/api/v1/collections/%s/documents".formatted(collection);
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
        return gateway.request(documents + path).timeout(PATIENCE).header("Content-Type", "application/json");
    }

    private @Nullable HttpResponse<String> send(int expected, HttpRequest request) {
        requests.incrementAndGet();
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

    /// Once, and again until the wanted number of requests has been sent, with some before and after.
    void during(Runnable disruption) {
        int times = 0;
        do {
            awaitMore();
            disruption.run();
            awaitMore();
            times++;
        } while (requests.get() < REQUESTS);
        System.out.printf(
                "%s: %,d requests, disrupted %d times, %d failed%n",
                collection, requests.get(), times, failures.size());
    }

    /// What happens meanwhile must neither fail a request nor lose what was acknowledged.
    void survives(Runnable disruption) throws IOException, InterruptedException {
        during(disruption);
        finish();
        Map<String, String> stored = stored();
        assertAll(
                () -> assertThat(failures).isEmpty(),
                () -> assertThat(stored).containsExactlyInAnyOrderEntriesOf(acknowledged));
    }

    /// Lets requests under way come to their end, and sends no more.
    void finish() {
        done.set(true);
        executor.close();
    }

    Queue<String> failures() {
        return failures;
    }

    /// The documents by their ids.
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    /// What the platform has, as it answers now, by ids.
    Map<String, String> stored() throws IOException, InterruptedException {
        HttpRequest request =
                request("").header("Accept", "application/x-ndjson").build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body()
                .lines()
                .map(JSON::readTree)
                .collect(Collectors.toMap(line -> line.get("id").asString(), Load::document));
    }

    private static String document(JsonNode line) {
        return line.get("document").toString();
    }

    @Override
    public void close() {
        finish();
        client.close();
    }
}
