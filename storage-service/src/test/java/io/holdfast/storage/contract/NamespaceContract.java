package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The part of the contract that is about what a namespace holds: lists, counts, expiry, and that it is dropped.
abstract class NamespaceContract extends OnceContract {
    @Test
    void expiredRecordsLeaveEverything() {
        List<Operation<?>> puts = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> puts.add(puttingFor(Duration.ofMillis(400), "k" + i)));
        service().executeAll(puts);
        put("stays", "{}");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(get("k7")).isEqualTo(new Outcome.Absent());
            assertThat(count()).isEqualTo(new Outcome.Size(true, 1));
            assertThat(keys("", 100)).containsExactly("stays");
            assertThat(indexed()).isEqualTo(1);
        });
    }

    /// What the indexes hold, whether a reader would see it or not.
    private long indexed() throws ExecutionException, InterruptedException {
        long total = 0;
        for (Partition partition : service().bean(Partitions.class).all()) {
            total += service()
                    .bean(Redis.class)
                    .commands()
                    .zcard(partition.index(namespace))
                    .get();
        }
        return total;
    }

    @Test
    void listsInByteOrderOfTheKeys() {
        List<String> keys = List.of("", "Z", "a", "a\0b", "aa", "b", "é", "日本", "\uFFFD", "😀");
        keys.stream().filter(key -> !key.isEmpty()).forEach(key -> put(key, "{}"));

        assertThat(keys("", 2)).containsExactly("Z", "a", "a\0b", "aa", "b", "é", "日本", "\uFFFD", "😀");
        assertThat(keys("a", 2)).containsExactly("a", "a\0b", "aa");
        assertThat(keys("日", 2)).containsExactly("日本");
        assertThat(keys("x", 2)).isEmpty();
    }

    @Test
    void everyUndisturbedRecordIsListedExactlyOnce() throws Exception {
        List<String> undisturbed =
                IntStream.range(0, 3000).mapToObj("k%05d"::formatted).toList();
        putAll(undisturbed);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> disturbance = executor.submit(() -> disturb(done));
            try {
                for (int limit : new int[] {7, 100, 1000}) {
                    List<String> listed = keys("k", limit).stream()
                            .filter(key -> key.length() == 6)
                            .toList();
                    assertThat(listed).isEqualTo(undisturbed);
                }
            } finally {
                done.set(true);
            }
            disturbance.get();
        }
    }

    private void disturb(AtomicBoolean done) {
        while (!done.get()) {
            String key = "k%05d-x".formatted(ThreadLocalRandom.current().nextInt(3000));
            put(key, "{}");
            delete(key, Precondition.NONE);
        }
    }

    @Test
    void pageIsBoundedInBytes() {
        String large = "\"" + "x".repeat(900_000) + "\"";
        IntStream.range(0, 8).forEach(i -> put("k" + i, large));

        Outcome.Page page = service().execute(new Operation.Scan(namespace, "", null, 100));

        assertThat(page.records()).hasSize(4);
        assertThat(page.next()).isEqualTo("k3");
        assertThat(keys("", 100)).hasSize(8);
    }

    @Test
    void namesItsNamespaces() {
        put("a", "1");

        Outcome.Namespaces namespaces = service().execute(new Operation.ListNamespaces("documents"));

        assertThat(namespaces.names()).contains(namespace.name()).isSorted();
        assertThat(service().execute(new Operation.ListNamespaces("caches")).names())
                .isEmpty();
    }

    @Test
    void droppedNamespaceIsGoneAndSweptAndMayComeBack() throws Exception {
        putAll(IntStream.range(0, 2000).mapToObj(i -> "k" + i).toList());

        assertThat(service().execute(new Operation.DropNamespace(namespace))).isEqualTo(new Outcome.Dropped(true));

        assertThat(get("k1")).isEqualTo(new Outcome.Absent());
        assertThat(count()).isEqualTo(new Outcome.Size(false, 0));
        assertThat(keys("", 1000)).isEmpty();
        assertThat(service().execute(new Operation.DropNamespace(namespace))).isEqualTo(new Outcome.Dropped(false));
        put("k1", "back");
        assertThat(count()).isEqualTo(new Outcome.Size(true, 1));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(recordKeys()).isEqualTo(1));
        assertThat(text("k1")).isEqualTo("back");
    }

    /// How many records of the namespace are in Redis, whether a reader would see them or not.
    private long recordKeys() throws ExecutionException, InterruptedException {
        Partitions partitions = service().bean(Partitions.class);
        long total = 0;
        for (int i = 0; i < 2000; i++) {
            String key = "k" + i;
            total += service()
                    .bean(Redis.class)
                    .commands()
                    .exists(partitions.of(key).record(namespace, key))
                    .get();
        }
        return total;
    }

    @Test
    void abandonedDropIsCompletedByTheSweep() throws Exception {
        putAll(IntStream.range(0, 200).mapToObj(i -> "k" + i).toList());
        Partition home = service().bean(Partitions.class).directoryOf(namespace);
        byte[] field = namespace.qualifiedName().getBytes(UTF_8);
        long epoch = service()
                .bean(Namespaces.class)
                .register(namespace, Durability.MEMORY, Deadline.in(Duration.ofSeconds(5)))
                .answer();
        // What a service leaves that dies right after it began.
        service().bean(Redis.class).commands().hdel(home.directory(), field).get();
        service()
                .bean(Redis.class)
                .commands()
                .hset(home.drops(), field, Long.toString(epoch + 1).getBytes(UTF_8))
                .get();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(get("k1")).isEqualTo(new Outcome.Absent());
            assertThat(recordKeys()).isZero();
        });
        assertThat(count()).isEqualTo(new Outcome.Size(false, 0));
    }

    @Test
    void writesDuringDropsAreNeverUnlisted() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> dropper = executor.submit(() -> {
                while (!done.get()) {
                    service().execute(new Operation.DropNamespace(namespace));
                }
            });
            try {
                IntStream.range(0, 400).forEach(i -> put("k" + i, "{}"));
            } finally {
                done.set(true);
            }
            dropper.get();
        }
        put("last", "{}");

        List<String> listed = keys("", 1000);
        assertThat(count()).isEqualTo(new Outcome.Size(true, listed.size()));
        assertThat(listed).contains("last");
        for (int i = 0; i < 400; i++) {
            assertThat(get("k" + i) instanceof Outcome.Found).isEqualTo(listed.contains("k" + i));
        }
    }
}
