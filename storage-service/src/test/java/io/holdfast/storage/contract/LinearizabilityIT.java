package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.ClusterNode;
import io.holdfast.launcher.redis.RedisCluster;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients read registers, and replace what they read, while primaries are killed and paused for longer
/// than the others wait for them. With `linearizable` reads and `replicated` writes each register behaves
/// as one that nothing ever happens to. A refused write is left out: like a `strong` read it may tell of
/// what is lost later. More of it: `-Dregisters.clients=16 -Dregisters.faults=10`.
@Tag("faults")
class LinearizabilityIT {
    private static final Namespace REGISTERS = new Namespace("documents", "registers");
    private static final int COUNT = 20;
    private static final String INITIAL = "0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIME = Duration.ofSeconds(4);
    /// Beyond the time after which the others elect another primary.
    private static final Duration PAUSE = Duration.ofSeconds(6);

    private final int clients = Integer.getInteger("registers.clients", 6);
    private final int faults = Integer.getInteger("registers.faults", 2);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong values = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final List<RegisterHistory> histories =
            IntStream.range(0, COUNT).mapToObj(_ -> new RegisterHistory()).toList();

    @Test
    void registersBehaveAsIfNothingHappened(@TempDir Path directory) throws Exception {
        try (ShardedStorage storage = ShardedStorage.start(directory)) {
            for (int register = 0; register < COUNT; register++) {
                assertThat((Outcome) storage.service().execute(put(register, INITIAL, Precondition.ABSENT)))
                        .isInstanceOf(Outcome.Stored.class);
            }
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, clients).forEach(_ -> executor.execute(() -> work(storage.service())));
                try {
                    for (int i = 0; i < faults; i++) {
                        awaitWork();
                        storage.kill(storage.somePrimary());
                        awaitWork();
                        pause(storage.cluster(), storage.somePrimary());
                    }
                    awaitWork();
                } finally {
                    done.set(true);
                }
            }
        }
        System.out.printf(
                "%d clients, %d kills and pauses each: %,d reads, %,d writes, %,d unknown%n",
                clients, faults, reads.get(), writes.get(), unknown.get());
        for (int register = 0; register < COUNT; register++) {
            assertThat(histories.get(register).isLinearizable(INITIAL))
                    .as(
                            "register %d, %d operations",
                            register, histories.get(register).size())
                    .isTrue();
        }
    }

    private void work(StorageService service) {
        while (!done.get()) {
            int register = ThreadLocalRandom.current().nextInt(COUNT);
            RegisterHistory history = histories.get(register);
            long called = System.nanoTime();
            Outcome read = outcome(
                    service, new Operation.Get(REGISTERS, Integer.toString(register), Consistency.LINEARIZABLE));
            long answered = System.nanoTime();
            if (read instanceof Outcome.Found(StoredRecord found)) {
                String value = new String(found.content().bytes(), UTF_8);
                synchronized (history) {
                    history.read(value, called, answered);
                }
                reads.incrementAndGet();
                replace(service, register, value, found.version());
            }
        }
    }

    private void replace(StorageService service, int register, String value, long version) {
        RegisterHistory history = histories.get(register);
        String next = Long.toString(values.incrementAndGet());
        long called = System.nanoTime();
        Outcome outcome = outcome(service, put(register, next, Precondition.version(version)));
        long answered = System.nanoTime();
        synchronized (history) {
            switch (outcome) {
                case Outcome.Stored _ -> {
                    history.compareAndSet(value, next, called, answered);
                    writes.incrementAndGet();
                }
                case Outcome.Conflict _ -> {}
                default -> {
                    history.unknownCompareAndSet(value, next, called);
                    unknown.incrementAndGet();
                }
            }
        }
    }

    private static Outcome outcome(StorageService service, Operation<?> operation) {
        return service.execute(operation, TIME);
    }

    private static Operation.Put put(int register, String value, Precondition precondition) {
        return new Operation.Put(
                REGISTERS,
                Integer.toString(register),
                new Content(value.getBytes(UTF_8), "text/plain"),
                precondition,
                null,
                Operation.newOperationId(),
                Durability.REPLICATED);
    }

    private void awaitWork() {
        long before = writes.get();
        await().pollDelay(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> writes.get() > before + 50);
    }

    /// It goes on as a primary that does not know that it was replaced.
    private static void pause(RedisCluster cluster, ClusterNode victim) throws IOException, InterruptedException {
        int index = cluster.nodes().indexOf(victim.address());
        String process =
                cluster.admin(index).field("process_id", "INFO", "server").orElseThrow();
        signal("STOP", process);
        try {
            await().pollDelay(PAUSE).atMost(PATIENCE).until(() -> true);
        } finally {
            signal("CONT", process);
        }
        cluster.awaitHealthy();
    }

    private static void signal(String name, String process) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, process).inheritIO().start();
        assertThat(kill.waitFor()).as("kill -%s %s", name, process).isZero();
    }
}
