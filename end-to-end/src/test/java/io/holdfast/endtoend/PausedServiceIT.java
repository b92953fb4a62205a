package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A service that hangs and does not end, which its connections do not tell.
@Tag("faults")
class PausedServiceIT {
    private static final int CLIENTS = 8;

    private final Platform platform = Platform.shared();
    private final Api api = platform.api();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void isLeftAloneWhileItIsPausedAndUsedAgainAfterwards() throws Exception {
        api.put("paused", "a", "{}");
        JsonNode app = platform.process("app-2");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, CLIENTS).forEach(_ -> clients.execute(this::read));
            try {
                pause(app);
                long resumed = System.nanoTime();
                long before = requests(app);
                await().atMost(Duration.ofSeconds(30)).until(() -> requests(app) > before);
                System.out.printf("used again after %d ms%n", (System.nanoTime() - resumed) / 1_000_000);
            } finally {
                over.set(true);
            }
        }
        assertThat(failures).isEmpty();
    }

    private void pause(JsonNode app) throws IOException, InterruptedException {
        List<ProcessHandle> handle =
                List.of(ProcessHandle.of(app.get("pid").asLong()).orElseThrow());
        Platform.signal("STOP", handle);
        try {
            // What is under way when it pauses is asked of another one; a second later nobody asks it any more.
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            long requests = requests(app);
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            assertThat(requests(app)).isEqualTo(requests);
        } finally {
            Platform.signal("CONT", handle);
        }
    }

    private void read() {
        while (!over.get()) {
            HttpResponse<byte[]> answer = api.get(document("paused", "a"));
            if (answer.statusCode() != 200) {
                failures.add(answer.statusCode() + " " + text(answer));
            }
        }
    }

    /// How many requests the gateway has sent to a service.
    private long requests(JsonNode service) {
        int management = platform.process("gateway-1").get("managementPort").asInt();
        HttpResponse<byte[]> answer =
                api.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/actuator/loadbalancer"))
                        .build());
        String id = "127.0.0.1:" + service.get("port").asInt();
        return Api.json(answer).findParents("uri").stream()
                .filter(instance -> instance.get("uri").asString().endsWith(id))
                .findFirst()
                .orElseThrow()
                .get("requests")
                .asLong();
    }
}
