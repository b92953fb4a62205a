package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.etag;
import static io.holdfast.endtoend.Api.json;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What clients that write to one document at the same time do to each other: nothing.
class ConcurrencyIT {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /// A client that met another one's write stays away for a random time, so that not all meet again.
    private static final long MOST_PAUSE_NANOS = 200_000_000;

    private final Api api = Platform.shared().api();

    @Test
    void concurrentPatchesAreAllApplied() throws Exception {
        String path = document("patched", "busy");
        api.putTo(path, "{}");
        inParallel(32, worker -> {
            for (int i = 0; i < 5; i++) {
                String patch = "{\"w%d-%d\":1}".formatted(worker, i);
                HttpResponse<byte[]> patched = api.send("PATCH", path, utf8(patch), "Content-Type", MERGE_PATCH);
                assertThat(patched.statusCode()).as(text(patched)).isEqualTo(200);
            }
        });
        assertThat(json(api.get(path)).size()).isEqualTo(160);
    }

    /// More of them: `-Dadders=64 -Dadditions=100`.
    @Test
    void clientsThatAddToOneDocumentLoseNoUpdate() throws Exception {
        int adders = Integer.getInteger("adders", 16);
        int additions = Integer.getInteger("additions", 25);
        String path = document("counters", "shared");
        api.putTo(path, "{\"n\":0}");
        inParallel(adders, _ -> {
            for (int added = 0; added < additions; ) {
                HttpResponse<byte[]> read = api.get(path);
                int n = json(read).get("n").asInt();
                HttpResponse<byte[]> written = api.putTo(path, "{\"n\":" + (n + 1) + "}", "If-Match", etag(read));
                assertThat(written.statusCode()).as(text(written)).isIn(200, 412);
                if (written.statusCode() == 200) {
                    added++;
                } else {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MOST_PAUSE_NANOS));
                }
            }
        });
        assertThat(text(api.get(path))).isEqualTo("{\"n\":" + adders * additions + "}");
    }

    private interface Work {
        void run(int worker) throws Exception;
    }

    private static void inParallel(int workers, Work work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = IntStream.range(0, workers)
                    .<Callable<Void>>mapToObj(worker -> () -> {
                        work.run(worker);
                        return null;
                    })
                    .toList();
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        }
    }
}
