package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.StoredRecord;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Redis;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The contract of the record store. Each kind of Redis runs all of it.
abstract class RecordStoreContract extends OnceContract {
    private Namespace namespace = new Namespace("documents", "unnamed");

    @BeforeEach
    void freshNamespace(TestInfo test) {
        String name = test.getDisplayName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        namespace = new Namespace("documents", name.substring(0, Math.min(60, name.length())));
    }

    private static Content content(String text) {
        return new Content(text.getBytes(UTF_8), "application/json");
    }

    private Operation.Put putting(String key, String text, Precondition precondition) {
        return new Operation.Put(namespace, key, content(text), precondition);
    }

    private Operation.Put puttingFor(Duration life, String key) {
        return new Operation.Put(namespace, key, content("{}"), Precondition.NONE, life, Operation.newOperationId());
    }

    private long put(String key, String text) {
        return ((Outcome.Stored) service().execute(putting(key, text, Precondition.NONE))).version();
    }

    private Outcome.Read get(String key) {
        return service().execute(new Operation.Get(namespace, key));
    }

    private Outcome.Removal delete(String key, Precondition precondition) {
        return service().execute(new Operation.Delete(namespace, key, precondition));
    }

    private Outcome.Size count() {
        return service().execute(new Operation.Count(namespace));
    }

    private List<String> keys(String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        String after = null;
        do {
            Outcome.Page page = service().execute(new Operation.Scan(namespace, prefix, after, limit));
            page.records().forEach(stored -> keys.add(stored.key()));
            after = page.next();
        } while (after != null);
        return keys;
    }

    @Test
    void keepsBytesTypeAndMetadata() {
        Content content = new Content(new byte[] {0, -1, 10, 13}, "application/x-any", Map.of("wer", "🦊"));

        Outcome.Write written =
                service().execute(new Operation.Put(namespace, "a/b {c} 🦊", content, Precondition.NONE));

        assertThat(written).isInstanceOfSatisfying(Outcome.Stored.class, stored -> {
            assertThat(stored.created()).isTrue();
            assertThat(get("a/b {c} 🦊"))
                    .isEqualTo(new Outcome.Found(
                            new StoredRecord("a/b {c} 🦊", stored.version(), StoredRecord.NEVER, content)));
        });
    }

    @Test
    void answersThatARecordIsAbsent() {
        assertThat(get("nothing")).isEqualTo(new Outcome.Absent());
        assertThat(delete("nothing", Precondition.NONE)).isEqualTo(new Outcome.Absent());
        assertThat(count()).isEqualTo(new Outcome.Size(false, 0));
        assertThat(keys("", 10)).isEmpty();
    }

    @Test
    void versionGrowsAcrossDeletionAndRecreation() {
        long previous = 0;
        for (int i = 0; i < 20; i++) {
            long created = put("a", "1");
            long replaced = put("a", "2");
            assertThat(delete("a", Precondition.NONE)).isInstanceOf(Outcome.Removed.class);
            assertThat(created).isGreaterThan(previous);
            assertThat(replaced).isGreaterThan(created);
            previous = replaced;
        }
    }

    @Test
    void writesOnlyWhereThePreconditionHolds() {
        assertThat(service().execute(putting("a", "1", Precondition.PRESENT)))
                .isEqualTo(new Outcome.Conflict(Outcome.Conflict.ABSENT));
        assertThat(service().execute(putting("a", "1", Precondition.version(7))))
                .isEqualTo(new Outcome.Conflict(Outcome.Conflict.ABSENT));
        long version = put("a", "1");
        assertThat(service().execute(putting("a", "2", Precondition.ABSENT))).isEqualTo(new Outcome.Conflict(version));
        assertThat(service().execute(putting("a", "2", Precondition.version(version - 1))))
                .isEqualTo(new Outcome.Conflict(version));
        assertThat(delete("a", Precondition.version(version - 1))).isEqualTo(new Outcome.Conflict(version));
        assertThat(service().execute(putting("a", "2", Precondition.version(version))))
                .isInstanceOf(Outcome.Stored.class);
        assertThat(get("a"))
                .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        found -> assertThat(found.stored().content()).isEqualTo(content("2")));
    }

    @Test
    void repeatedWriteIsAnsweredAsTheFirstTime() {
        Operation.Put create = putting("a", "1", Precondition.ABSENT);
        Outcome.Write first = service().execute(create);
        assertThat(service().execute(create)).isEqualTo(first);

        Operation.Put replace = putting("a", "2", Precondition.version(((Outcome.Stored) first).version()));
        Outcome.Write second = service().execute(replace);
        assertThat(service().execute(replace)).isEqualTo(second);
        assertThat(service().execute(create)).isInstanceOf(Outcome.Conflict.class);
    }

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
    void laterWriteDecidesWhetherARecordExpires() {
        service().execute(puttingFor(Duration.ofMillis(300), "a"));
        service().execute(puttingFor(Duration.ofMillis(300), "gone"));
        put("a", "{}");

        await().atMost(Duration.ofSeconds(10)).until(() -> get("gone").equals(new Outcome.Absent()));
        assertThat(get("a")).isInstanceOf(Outcome.Found.class);
        assertThat(keys("", 10)).containsExactly("a");
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
            for (int limit : new int[] {7, 100, 1000}) {
                List<String> listed = keys("k", limit).stream()
                        .filter(key -> key.length() == 6)
                        .toList();
                assertThat(listed).isEqualTo(undisturbed);
            }
            done.set(true);
            disturbance.get();
        }
    }

    private void putAll(List<String> keys) {
        for (int i = 0; i < keys.size(); i += 1000) {
            service()
                    .executeAll(keys.subList(i, Math.min(keys.size(), i + 1000)).stream()
                            .map(key -> putting(key, "{}", Precondition.NONE))
                            .toList());
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
    void concurrentCompareAndSetLosesNoUpdate() throws Exception {
        put("counter", "0");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> adders = Collections.nCopies(16, this::addTwenty);
            for (Future<Void> adder : executor.invokeAll(adders)) {
                adder.get();
            }
        }
        assertThat(text("counter")).isEqualTo("320");
    }

    private Void addTwenty() {
        for (int added = 0; added < 20; ) {
            StoredRecord stored = ((Outcome.Found) get("counter")).stored();
            int value = Integer.parseInt(new String(stored.content().bytes(), UTF_8));
            Outcome.Write write = service()
                    .execute(putting("counter", Integer.toString(value + 1), Precondition.version(stored.version())));
            added += write instanceof Outcome.Stored ? 1 : 0;
        }
        return null;
    }

    private String text(String key) {
        return new String(((Outcome.Found) get(key)).stored().content().bytes(), UTF_8);
    }

    @Test
    void operationsOnOneKeyKeepTheirOrderAndFailAlone() {
        List<Outcome> outcomes = service()
                .executeAll(List.of(
                        putting("a", "1", Precondition.NONE),
                        new Operation.Get(namespace, "a"),
                        new Operation.Delete(namespace, "a", Precondition.NONE),
                        new Operation.Get(namespace, "a"),
                        putting("x".repeat(513), "1", Precondition.NONE),
                        putting("a", "2", Precondition.ABSENT)));

        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Found.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Removed.class);
        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Absent());
        assertThat(outcomes.get(4))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.type()).isEqualTo(ProblemType.INVALID_ID));
        assertThat(outcomes.get(5)).isInstanceOf(Outcome.Stored.class);
        assertThat(text("a")).isEqualTo("2");
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
            IntStream.range(0, 400).forEach(i -> put("k" + i, "{}"));
            done.set(true);
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

    @Test
    void refusesCallsItCannotTake() {
        assertThat(service().send("application/cbor", "wrong", new byte[0]).statusCode())
                .isEqualTo(401);
        assertThat(service()
                        .send("text/plain", StorageService.CREDENTIAL, new byte[0])
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<byte[]> garbage =
                service().send("application/cbor", StorageService.CREDENTIAL, "garbage".getBytes(UTF_8));
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(garbage.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        HttpResponse<byte[]> large =
                service().send("application/cbor", StorageService.CREDENTIAL, new byte[19 * 1024 * 1024]);
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void saysThatItIsReady() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(service().get("/readyz").statusCode()).isEqualTo(200));
        assertThat(service().get("/livez").statusCode()).isEqualTo(200);
    }
}
