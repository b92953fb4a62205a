package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Clients that create documents, replace, read and delete them, and every other time add a member to one by a patch.
/// Each request is sent once here, every other one with a key; whatever repetition it needs, the gateway makes. What
/// is stored afterwards tells what took place twice. How many clients there are can be said
/// (`-Dclients`), and how many requests a second they are to come to, all together (`-Drate`): late ones are caught up
/// with. Without, each sends as soon as it has its answer.
final class OnceLoad implements AutoCloseable {
    private static final int CLIENTS = Integer.getInteger("clients", 8);
    private static final int RATE = Integer.getInteger("rate", 0);
    private static final int PATCHED_EACH = 2;
    private static final int MOST_MEMBERS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String JSON = "application/json";
    private static final String PATCH = "application/merge-patch+json";

    private final Api api;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final long startNanos = System.nanoTime();
    private final Map<String, String> created = new ConcurrentHashMap<>();
    private final Map<String, Integer> patches = new ConcurrentHashMap<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    OnceLoad(Api api) {
        this.api = api;
        IntStream.range(0, CLIENTS).forEach(client -> clients.execute(() -> run(client)));
    }

    private void run(int client) {
        Patched patched = new Patched(client);
        for (int i = 0; !over.get(); i++) {
            String name = client + "-" + i;
            boolean keyed = i % 2 == 0;
            HttpResponse<byte[]> posted =
                    send(201, "POST", documents("created"), "{\"name\":\"" + name + "\"}", JSON, keyed);
            String location = posted.headers().firstValue("Location").orElse("none");
            created.put(name, location);
            send(200, "GET", location, "", JSON, false);
            String path = document("replaced", name);
            send(201, "PUT", path, "1", JSON, keyed);
            send(200, "PUT", path, "2", JSON, keyed);
            send(200, "GET", path, "", JSON, false);
            send(204, "DELETE", path, "", JSON, keyed);
            if (i % PATCHED_EACH == 0) {
                patched.addMember(i % (2 * PATCHED_EACH) == 0);
            }
        }
    }

    /// What a client's patches go to: a new document after some of them, so that it stays small however long this goes
    /// on. For one thread.
    private final class Patched {
        private final int client;
        private String path = "";
        private String version = "";
        private int members;

        Patched(int client) {
            this.client = client;
        }

        void addMember(boolean keyed) {
            if (members % MOST_MEMBERS == 0) {
                path = document("patched", client + "-" + members);
                send(201, "PUT", path, "{}", JSON, false);
            }
            HttpResponse<byte[]> answer = send(200, "PATCH", path, "{\"m" + members + "\":1}", PATCH, keyed);
            String next = answer.headers().firstValue("ETag").orElse("");
            if (next.equals(version)) {
                errors.add("the version of %s did not change: %s".formatted(path, next));
            }
            version = next;
            members++;
            patches.merge(path, 1, Integer::sum);
            send(200, "GET", path, "", JSON, false);
        }
    }

    private HttpResponse<byte[]> send(int status, String method, String path, String body, String type, boolean keyed) {
        String[] headers = keyed
                ? new String[] {
                    "Content-Type", type, "Idempotency-Key", UUID.randomUUID().toString()
                }
                : new String[] {"Content-Type", type};
        awaitTurn();
        HttpResponse<byte[]> answer = api.send(method, path, utf8(body), headers);
        requests.incrementAndGet();
        if (answer.statusCode() != status) {
            errors.add(method + " " + path + " " + answer.statusCode() + " " + text(answer));
        }
        return answer;
    }

    private void awaitTurn() {
        if (RATE > 0) {
            long turn = nextNanos.getAndAdd(1_000_000_000L / RATE);
            while (turn - System.nanoTime() > 0) {
                LockSupport.parkNanos(turn - System.nanoTime());
            }
        }
    }

    /// So far, on average.
    double requestsPerSecond() {
        return requests.get() * 1e9 / (System.nanoTime() - startNanos);
    }

    int requests() {
        return requests.get();
    }

    void awaitMore(int more) {
        int before = requests.get();
        await().atMost(PATIENCE).until(() -> requests.get() >= before + more);
    }

    /// Lets requests under way come to their end, and sends no more.
    void finish() {
        over.set(true);
        clients.close();
    }

    /// Asserts that nothing failed, and that everything took place once.
    void verify() {
        assertThat(errors).isEmpty();
        assertThat(api.count("created")).isEqualTo(created.size());
        assertThat(api.count("replaced")).isZero();
        patches.forEach((path, sent) ->
                assertThat(Api.json(api.get(path)).size()).as(path).isEqualTo(sent));
        created.forEach((name, location) ->
                assertThat(Api.json(api.get(location)).get("name").asString()).isEqualTo(name));
    }

    @Override
    public void close() {
        finish();
    }
}
