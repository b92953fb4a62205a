package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.ClusterNode;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.partition.Partitions;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract over a cluster of three primaries and three replicas, and what only a cluster does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT extends RecordStoreContract {

    private ShardedStorage storage;

    @BeforeAll
    void start(@TempDir Path directory) {
        storage = ShardedStorage.start(directory);
    }

    @AfterAll
    void stop() {
        storage.close();
    }

    @Override
    StorageService service() {
        return storage.service();
    }

    @Test
    void spreadsRecordsEvenlyOverThePrimaries() throws Exception {
        Namespace spread = new Namespace("documents", "spread");
        for (int i = 0; i < 9; i++) {
            int batch = i;
            storage.service()
                    .executeAll(IntStream.range(0, 1000)
                            .mapToObj(j -> write(spread, "id-" + (batch * 1000 + j)))
                            .toList());
        }
        List<Long> keys = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            keys.add(storage.cluster().admin(node).keys());
        }
        long largest = keys.stream().mapToLong(Long::longValue).max().orElseThrow();
        long smallest = keys.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat((double) largest / smallest).as("%s", keys).isLessThan(1.25);
    }

    @Test
    void failoverIsAPauseAndNotAnError() {
        Namespace survivors = new Namespace("documents", "survivors");
        for (int i = 0; i < 100; i++) {
            assertThat(storage.service().execute(write(survivors, "before-" + i)))
                    .isInstanceOf(Outcome.Stored.class);
        }
        storage.cluster().kill(0);
        try {
            for (int i = 0; i < 100; i++) {
                // Whoever takes over has no replica then that could confirm more.
                assertThat(storage.service().execute(write(survivors, "during-" + i, Durability.MEMORY)))
                        .isInstanceOf(Outcome.Stored.class);
            }
            assertThat(storage.service().execute(new Operation.Count(survivors)))
                    .isEqualTo(new Outcome.Size(true, 200));
        } finally {
            storage.cluster().start(0);
            storage.cluster().awaitHealthy();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(storage.service().get("/readyz").statusCode())
                        .isEqualTo(200));
    }

    @Test
    void confirmsByDefaultThatAReplicaHasAWrite() {
        Namespace confirmed = new Namespace("documents", "confirmed");

        assertThat(storage.service().execute(write(confirmed, "a")))
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        stored -> assertThat(stored.reached()).isEqualTo(new Reached(Durability.REPLICATED, 1)));
        assertThat(storage.service().execute(new Operation.Delete(confirmed, "a", Precondition.NONE)))
                .isInstanceOfSatisfying(
                        Outcome.Removed.class,
                        removed -> assertThat(removed.reached()).isEqualTo(new Reached(Durability.REPLICATED, 1)));
        assertThat(storage.service().execute(write(confirmed, "b", Durability.MEMORY)))
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        stored -> assertThat(stored.reached()).isEqualTo(Reached.MEMORY));
    }

    /// Its replica is stopped, so nothing confirms, and it goes on from there as if nothing had been.
    @Test
    void saysThatAWriteIsAppliedAndUnconfirmedUntilAReplicaIsBack() {
        Namespace unconfirmed = new Namespace("documents", "unconfirmed");
        storage.service().execute(write(unconfirmed, "a"));
        Operation.Put put = write(unconfirmed, "a");
        int replica = replicaOf(put.key());
        storage.cluster().kill(replica);
        try {
            Outcome.Write first = storage.service().execute(put, Duration.ofSeconds(2));

            assertThat(first).isInstanceOfSatisfying(Outcome.Unconfirmed.class, outcome -> {
                assertThat(outcome.asked()).isEqualTo(Durability.REPLICATED);
                assertThat(outcome.reached()).isEqualTo(Reached.MEMORY);
                assertThat(storage.service().execute(new Operation.Get(unconfirmed, "a")))
                        .isInstanceOfSatisfying(
                                Outcome.Found.class,
                                found -> assertThat(found.stored().version()).isEqualTo(outcome.version()));
            });
            assertThat(storage.service().execute(write(unconfirmed, "a", Durability.MEMORY)))
                    .isInstanceOf(Outcome.Stored.class);
        } finally {
            storage.cluster().start(replica);
            storage.cluster().awaitHealthy();
        }
        Operation.Put again = write(unconfirmed, "a");
        Outcome.Write repeated = storage.service().execute(again);
        assertThat(repeated).isInstanceOf(Outcome.Stored.class);
        assertThat(storage.service().execute(again)).isEqualTo(repeated);
    }

    @Test
    void asksAgainForTheLevelOfAWriteThatIsRepeatedUnderItsKey() {
        Namespace keyed = new Namespace("documents", "keyed-and-unconfirmed");
        IdempotencyKey key = new IdempotencyKey("keyed-and-unconfirmed", "f", Duration.ofHours(24), "note");
        Operation.Once put = new Operation.Once(write(keyed, "a", Durability.REPLICATED), key);
        int replica = replicaOf("a");
        long version;
        Origin origin;
        storage.cluster().kill(replica);
        try {
            Outcome.Once first = storage.service().execute(put, Duration.ofSeconds(2));
            assertThat(first).isInstanceOf(Outcome.First.class);
            Outcome outcome = ((Outcome.First) first).outcome();
            assertThat(outcome).isInstanceOf(Outcome.Unconfirmed.class);
            version = ((Outcome.Unconfirmed) outcome).version();
            origin = ((Outcome.Unconfirmed) outcome).origin();
            assertThat(origin.isKnown()).isTrue();
            assertThat(storage.service().execute(put, Duration.ofSeconds(2)))
                    .isEqualTo(new Outcome.Repeated(
                            new Outcome.Unconfirmed(version, Durability.REPLICATED, Reached.MEMORY, origin), "note"));
            assertThat(storage.service().execute(new Operation.Once(write(keyed, "a", Durability.MEMORY), key)))
                    .isEqualTo(new Outcome.Repeated(new Outcome.Stored(version, true, Reached.MEMORY, origin), "note"));
        } finally {
            storage.cluster().start(replica);
            storage.cluster().awaitHealthy();
        }
        assertThat(storage.service().execute(put))
                .isEqualTo(new Outcome.Repeated(
                        new Outcome.Stored(version, true, new Reached(Durability.REPLICATED, 1), origin), "note"));
    }

    /// The node whose primary holds the key's partition.
    private int replicaOf(String key) {
        int slot = SlotHash.getSlot(
                storage.service().bean(Partitions.class).of(key).clock());
        try {
            List<ClusterNode> nodes = storage.cluster().admin(0).clusterNodes();
            ClusterNode primary = nodes.stream()
                    .filter(node ->
                            node.slots().stream().anyMatch(range -> range.first() <= slot && slot <= range.last()))
                    .findFirst()
                    .orElseThrow();
            ClusterNode replica = nodes.stream()
                    .filter(node -> node.primaryId().equals(primary.id()))
                    .findFirst()
                    .orElseThrow();
            return storage.cluster().nodes().indexOf(replica.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation.Put write(Namespace namespace, String key, Durability durability) {
        return new Operation.Put(
                namespace,
                key,
                new Content(new byte[] {'1'}, "application/json"),
                Precondition.NONE,
                null,
                Operation.newOperationId(),
                durability);
    }

    private static Operation.Put write(Namespace namespace, String key) {
        return new Operation.Put(namespace, key, new Content(new byte[] {'1'}, "application/json"), Precondition.NONE);
    }
}
