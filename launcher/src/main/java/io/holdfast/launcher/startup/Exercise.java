package io.holdfast.launcher.startup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Works a platform with the calls its users make, so that what they need is loaded and profiled.
final class Exercise {
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final int CLIENTS = 8;

    private final String url;
    private final String apiKey;
    private final List<Integer> managementPorts;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();

    Exercise(String url, String apiKey, List<Integer> managementPorts) {
        this.url = url + "/api/v1/collections";
        this.apiKey = apiKey;
        this.managementPorts = managementPorts;
    }

    /// Returns what was done, for people. Calls that fail are only counted: the platform is judged by
    /// tests, not here.
    String run() throws InterruptedException {
        long end = System.nanoTime() + LENGTH.toNanos();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CALL)
                        .build();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.execute(() -> work(client, number, end));
            }
            clients.shutdown();
            clients.awaitTermination(LENGTH.plus(CALL).toMillis(), TimeUnit.MILLISECONDS);
            client.shutdownNow();
        }
        return calls.sum() + " calls, " + failures.sum() + " of them failed";
    }

    private void work(HttpClient client, int number, long end) {
        for (int round = 0; System.nanoTime() - end < 0; round++) {
            try {
                round(client, "rehearsal-" + number % 2, number + "-" + round);
                if (round == 0) {
                    watch(client);
                }
            } catch (IOException e) {
                failures.increment();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void round(HttpClient client, String collection, String id) throws IOException, InterruptedException {
        String documents = url + "/" + collection + "/documents";
        String document = documents + "/" + id;
        String body = "{\"name\":\"Ada\",\"born\":1815,\"tags\":[\"a\",\"b\"],\"of\":{\"id\":\"%s\"}}".formatted(id);
        call(client, to(document).header("Content-Type", "application/json").PUT(text(body)));
        for (int i = 0; i < 5; i++) {
            call(client, to(document).GET());
        }
        call(client, to(document).header("If-None-Match", "\"1\"").GET());
        call(
                client,
                to(document)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"1\"")
                        .PUT(text(body)));
        call(
                client,
                to(document)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", text("{\"born\":null,\"died\":1852}")));
        call(client, to(documents).header("Content-Type", "application/json").POST(text(body)));
        call(client, to(documents + "?limit=20").GET());
        call(client, to(documents + "/none").GET());
        call(
                client,
                to(documents + ":bulk")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(text("{\"id\":\"%s-b\",\"n\":1}\n{\"id\":\"%s-c\",\"n\":2}\n".formatted(id, id))));
        call(
                client,
                to(documents + ":get")
                        .header("Content-Type", "application/json")
                        .POST(text("{\"ids\":[\"%s\",\"%s-b\"]}".formatted(id, id))));
        call(client, to(document).DELETE());
    }

    private void watch(HttpClient client) throws IOException, InterruptedException {
        call(client, to(url).GET());
        call(client, to(url + "/rehearsal-0").GET());
        for (int port : managementPorts) {
            for (String endpoint : List.of("health", "prometheus")) {
                call(
                        client,
                        to("http://127.0.0.1:" + port + "/actuator/" + endpoint).GET());
            }
        }
    }

    private HttpRequest.Builder to(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(CALL).header("Authorization", "Bearer " + apiKey);
    }

    private static HttpRequest.BodyPublisher text(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private void call(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        calls.increment();
        HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() >= 500) {
            failures.increment();
        }
    }
}
