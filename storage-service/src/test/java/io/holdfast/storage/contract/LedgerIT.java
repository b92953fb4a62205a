package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writers keep a ledger of what was acknowledged to them while primaries are killed one after the
/// other; nothing in it may be missing or older afterwards. Small as it is here; the full size is
/// `-Dledger.writers=64 -Dledger.kills=10 -Dledger.pause=PT15S`.
@Tag("faults")
class LedgerIT {
    private static final Namespace LEDGER = new Namespace("documents", "ledger");
    private static final int KEYS_PER_WRITER = 50;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int writers = Integer.getInteger("ledger.writers", 8);
    private final int kills = Integer.getInteger("ledger.kills", 2);
    private final Duration pause = Duration.parse(System.getProperty("ledger.pause", "PT3S"));

    private final AtomicBoolean done = new AtomicBoolean();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Outcome> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();

    @Test
    void nothingReplicatedIsLostWhenPrimariesAreKilled(@TempDir Path directory) throws Exception {
        try (ShardedStorage storage = ShardedStorage.start(directory)) {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, writers).forEach(writer -> executor.execute(() -> write(storage.service(), writer)));
                try {
                    for (int i = 0; i < kills; i++) {
                        awaitWrites(pause);
                        storage.kill(storage.somePrimary());
                    }
                    awaitWrites(pause);
                } finally {
                    done.set(true);
                }
            }
            System.out.printf(
                    "%d writers, %d kills: %,d writes, %d failed, the longest took %d ms%n",
                    writers, kills, writes.get(), failures.size(), longestNanos.get() / 1_000_000);
            assertThat(failures).isEmpty();
            assertThat(acknowledged)
                    .allSatisfy((key, sequence) ->
                            assertThat(stored(storage.service(), key)).as(key).isGreaterThanOrEqualTo(sequence));
            assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(LONGEST_PAUSE);
        }
    }

    private void write(StorageService service, int writer) {
        for (long sequence = 1; !done.get(); sequence++) {
            String key = writer + "-" + sequence % KEYS_PER_WRITER;
            long began = System.nanoTime();
            Outcome outcome = (Outcome) service.execute(new Operation.Put(
                    LEDGER,
                    key,
                    new Content(Long.toString(sequence).getBytes(UTF_8), "text/plain"),
                    Precondition.NONE,
                    null,
                    Operation.newOperationId(),
                    Durability.REPLICATED));
            long nanos = System.nanoTime() - began;
            longestNanos.accumulateAndGet(nanos, Math::max);
            if (outcome instanceof Outcome.Stored) {
                acknowledged.put(key, sequence);
                writes.incrementAndGet();
            } else {
                failures.add(outcome);
            }
        }
    }

    private void awaitWrites(Duration atLeastFor) {
        long before = writes.get();
        await().pollDelay(atLeastFor).atMost(PATIENCE).until(() -> writes.get() > before + writers);
    }

    private static long stored(StorageService service, String key) {
        return switch (service.execute(new Operation.Get(LEDGER, key))) {
            case Outcome.Found found ->
                Long.parseLong(new String(found.stored().content().bytes(), UTF_8));
            case Outcome.Absent _ -> -1;
        };
    }
}
