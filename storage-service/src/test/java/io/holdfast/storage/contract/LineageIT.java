package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.RedisCluster;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Failover;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Outcome.Fate.State;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.lettuce.core.cluster.SlotHash;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writers of level `memory` keep a ledger of what was acknowledged to them, while primaries are killed
/// that their replicas do not hear: much of it is lost. What the storage says of each write must be
/// what became of it. The full size is `-Dlineage.writers=64 -Dlineage.kills=10`.
@Tag("faults")
class LineageIT {
    private static final Namespace LEDGER = new Namespace("documents", "ledger");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int writers = Integer.getInteger("lineage.writers", 4);
    private final int kills = Integer.getInteger("lineage.kills", 3);
    private final AtomicBoolean done = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Entry> ledger = new ConcurrentLinkedQueue<>();

    private record Entry(String key, Outcome.Stored stored) {}

    @Test
    void tellsOfEveryWriteWhetherItSurvived(@TempDir Path directory) throws Exception {
        try (ShardedStorage storage = start(directory)) {
            RedisCluster cluster = storage.cluster();
            StorageService service = storage.service();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, writers).forEach(writer -> executor.execute(() -> write(service, writer)));
                try {
                    for (int i = 0; i < kills; i++) {
                        killPrimary(cluster, i);
                    }
                    awaitWrites();
                } finally {
                    done.set(true);
                }
            }
            Map<State, Integer> counts = check(service);
            System.out.printf("%d writers, %d kills, %,d writes: %s%n", writers, kills, ledger.size(), counts);
            assertThat(counts.get(State.LOST)).isPositive();
            assertThat(counts.get(State.SURVIVED)).isPositive();
            assertThat(counts).doesNotContainKey(State.UNKNOWN);
            checkFailovers(service, counts.getOrDefault(State.LOST, 0));

            restartAll(cluster);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(check(service)).isEqualTo(counts));
        }
    }

    private static ShardedStorage start(Path directory) {
        return ShardedStorage.start(
                directory,
                "--holdfast.storage.lineage.interval=300ms",
                "--holdfast.storage.lineage.remembered-writes=1000000");
    }

    private void write(StorageService service, int writer) {
        for (int i = 0; !done.get(); i++) {
            String key = writer + "-" + i;
            Operation.Put put = put(key, Durability.MEMORY);
            if ((Outcome) service.execute(put) instanceof Outcome.Stored stored) {
                ledger.add(new Entry(key, stored));
            }
        }
    }

    private static Operation.Put put(String key, Durability level) {
        return new Operation.Put(
                LEDGER,
                key,
                new Content(new byte[] {'1'}, "text/plain"),
                Precondition.NONE,
                null,
                Operation.newOperationId(),
                level);
    }

    private void awaitWrites() {
        int before = ledger.size();
        await().pollDelay(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> ledger.size() > before + 20 * writers);
    }

    /// Each third of the slots twice: the second kill hits the primary with which the losses of the first are noted.
    private void killPrimary(RedisCluster cluster, int kill) throws IOException, InterruptedException {
        awaitWrites();
        try (CutLink link = CutLink.of(cluster, (kill / 2 * 2 + 1) * SlotHash.SLOT_COUNT / 6 % SlotHash.SLOT_COUNT)) {
            awaitWrites();
            link.killPrimary();
            awaitWrites();
        }
    }

    private static void restartAll(RedisCluster cluster) {
        for (int node = 0; node < cluster.nodes().size(); node++) {
            cluster.kill(node);
        }
        for (int node = 0; node < cluster.nodes().size(); node++) {
            cluster.start(node);
        }
        cluster.awaitHealthy();
    }

    /// Asks what became of each write, and looks for itself: nobody wrote a key twice.
    private Map<State, Integer> check(StorageService service) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        List<Entry> entries = List.copyOf(ledger);
        for (int from = 0; from < entries.size(); from += 500) {
            List<Entry> some = entries.subList(from, Math.min(entries.size(), from + 500));
            List<Operation<?>> questions = new ArrayList<>();
            some.forEach(entry -> questions.add(
                    new Operation.Verify(entry.stored().origin(), entry.stored().version())));
            some.forEach(entry -> questions.add(new Operation.Get(LEDGER, entry.key())));
            List<Outcome> answers = service.executeAll(questions);
            for (int i = 0; i < some.size(); i++) {
                boolean there = answers.get(some.size() + i) instanceof Outcome.Found(var found)
                        && found.version() == some.get(i).stored().version();
                Outcome.Fate fate = (Outcome.Fate) answers.get(i);
                if (fate.state() != State.UNKNOWN) {
                    assertThat(fate.state() == State.SURVIVED)
                            .as("%s: %s", some.get(i), fate)
                            .isEqualTo(there);
                }
                counts.merge(fate.state(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private void checkFailovers(StorageService service, int lost) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Outcome.Failovers listed = service.execute(new Operation.ListFailovers(100));
            assertThat(listed.failovers()).hasSizeGreaterThanOrEqualTo(kills);
            assertThat(listed.failovers())
                    .extracting(Failover::atMillis)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(listed.failovers().stream().mapToLong(Failover::lost).sum())
                    .isEqualTo(lost);
            MeterRegistry meters = service.bean(MeterRegistry.class);
            assertThat(meters.get("holdfast.storage.failovers").counter().count())
                    .isGreaterThanOrEqualTo(kills);
            assertThat(meters.get("holdfast.storage.failover.lost")
                            .tag("level", "memory")
                            .counter()
                            .count())
                    .isEqualTo(lost);
        });
        assertThat(service.execute(new Operation.ListFailovers(1)))
                .isInstanceOfSatisfying(
                        Outcome.Failovers.class,
                        one -> assertThat(one.failovers()).hasSize(1));
    }

    /// Whoever replaced it may know better than a primary that no replica follows.
    @Test
    void doesNotTellWhileReplicasDoNotConfirm(@TempDir Path directory) throws Exception {
        try (ShardedStorage storage = start(directory)) {
            RedisCluster cluster = storage.cluster();
            StorageService service = storage.service();
            Outcome.Stored before = (Outcome.Stored) (Outcome) service.execute(put("a", Durability.REPLICATED));
            IdempotencyKey key = new IdempotencyKey("once", "f", Duration.ofHours(1), "");
            Operation.Once once = new Operation.Once(put("a", Durability.MEMORY), key);
            Partition partition = service.bean(Partitions.class).of("a");
            assertThat(fate(service, before)).isEqualTo(State.SURVIVED);

            try (CutLink link = CutLink.of(cluster, SlotHash.getSlot(partition.clock()))) {
                Outcome.Stored alone = (Outcome.Stored) (Outcome) service.execute(put("a", Durability.MEMORY));
                Outcome.Stored kept = (Outcome.Stored) ((Outcome.First) service.execute(once)).outcome();
                assertThat(List.of(fate(service, before), fate(service, alone), fate(service, kept)))
                        .containsOnly(State.UNKNOWN);

                link.killPrimary();
                Outcome.First again = (Outcome.First) service.execute(once);
                link.mend();

                Outcome.Stored second = (Outcome.Stored) again.outcome();
                assertThat(List.of(
                                fate(service, before),
                                fate(service, alone),
                                fate(service, kept),
                                fate(service, second)))
                        .containsExactly(State.SURVIVED, State.LOST, State.LOST, State.SURVIVED);
                Outcome.Repeated repeated = (Outcome.Repeated) service.execute(once);
                assertThat(repeated.outcome()).isInstanceOfSatisfying(Outcome.Stored.class, outcome -> {
                    assertThat(outcome.version()).isEqualTo(second.version());
                    assertThat(fate(service, outcome)).isEqualTo(State.SURVIVED);
                });
            }
        }
    }

    private static State fate(StorageService service, Outcome.Stored stored) {
        return service.execute(new Operation.Verify(stored.origin(), stored.version()))
                .state();
    }
}
