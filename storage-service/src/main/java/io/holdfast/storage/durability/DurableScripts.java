package io.holdfast.storage.durability;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.redis.Primaries;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Runs scripts that write, at the level each asks for. Those of level `memory` take the connection
/// that all share and wait for nothing. The strict ones queue for their primary, where a few
/// connections take turns in writing and waiting (see [Lane]): while replicas confirm one group, the
/// next one is written.
///
/// A script must write something whenever its answer rests on an earlier write of the same operation,
/// because a wait covers only what its own connection wrote. Thread-safe.
public final class DurableScripts implements AutoCloseable {
    private final Redis redis;
    private final Primaries primaries;
    private final Levels levels;
    private final DurabilityProperties properties;
    private final DurabilityMetrics metrics;
    private final Map<Destination, BlockingQueue<StrictWrite<?>>> queues = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>(); // guarded by itself

    /// What is waited for on a connection.
    private enum Wait {
        REPLICATED(1),
        DISK(2),
        /// All replicas, as a sign that none of them was promoted.
        EVERY_REPLICA(3);

        private static final int KINDS = 3;

        private final int firstConnection;

        Wait(int firstConnection) {
            this.firstConnection = firstConnection;
        }

        /// Connections of its own for each kind of wait: what takes long does not hold up the rest.
        int connection(int index) {
            return firstConnection + KINDS * index;
        }
    }

    private record Destination(String primary, Wait kind) {}

    DurableScripts(
            Redis redis,
            Primaries primaries,
            Levels levels,
            DurabilityProperties properties,
            DurabilityMetrics metrics) {
        this.redis = redis;
        this.primaries = primaries;
        this.levels = levels;
        this.properties = properties;
        this.metrics = metrics;
    }

    /// Runs a script where its first key lies.
    ///
    /// @param deadline of the request; what is not confirmed shortly before it ends is given back as it is
    /// @param answered told the answer as soon as the primary has given it, whatever comes then
    /// @throws ProblemException where Redis cannot give this level, or too much is queued
    /// @throws io.lettuce.core.RedisException where no primary is known
    public <T> CompletionStage<Confirmed<T>> run(
            Script script,
            ScriptOutputType output,
            Durability level,
            Deadline deadline,
            Consumer<? super T> answered,
            byte[][] keys,
            byte[]... arguments) {
        if (level == Durability.MEMORY) {
            return redis.<T>run(script, output, keys, arguments)
                    .thenApply(answer -> new Confirmed<>(answer, Reached.MEMORY));
        }
        levels.requirePossible(level, keys[0]);
        Wait wait = level == Durability.DISK ? Wait.DISK : Wait.REPLICATED;
        return submit(script, output, wait, deadline, answered, keys, arguments);
    }

    /// Runs a script that reads, where its first key lies, and lets its answer count only when all replicas
    /// have confirmed what was written with it or before. A replica that does so has not been promoted
    /// before the script ran: so no other primary can have written anything that the answer lacks, and what
    /// it tells of outlives the primary. Without any replica nobody can be promoted, and nothing is
    /// waited for. The script must write something, if only what stands there.
    ///
    /// @return fails with a [ProblemException] where not all replicas confirm in time
    public <T> CompletionStage<T> read(
            Script script, ScriptOutputType output, Deadline deadline, byte[][] keys, byte[]... arguments) {
        return this.<T>submit(script, output, Wait.EVERY_REPLICA, deadline, _ -> {}, keys, arguments)
                .thenApply(confirmed -> {
                    if (confirmed.reached().level() == Durability.MEMORY) {
                        throw new ProblemException(
                                ProblemType.STORAGE_UNAVAILABLE,
                                ("Not all replicas confirmed in time that the primary is still theirs (%d did), so what it "
                                                + "says may be outdated. Ask again shortly.")
                                        .formatted(confirmed.reached().replicas()));
                    }
                    return confirmed.answer();
                });
    }

    private <T> CompletionStage<Confirmed<T>> submit(
            Script script,
            ScriptOutputType output,
            Wait wait,
            Deadline deadline,
            Consumer<? super T> answered,
            byte[][] keys,
            byte[]... arguments) {
        StrictWrite<T> write = new StrictWrite<>(
                script,
                output,
                keys,
                arguments,
                waitUntil(deadline),
                answered,
                new CompletableFuture<>(),
                new CompletableFuture<>());
        Destination destination = new Destination(primaries.holding(keys[0]), wait);
        if (!queues.computeIfAbsent(destination, this::open).offer(write)) {
            throw new ProblemException(
                    ProblemType.OVERLOADED,
                    "%,d writes wait for one primary already. Nothing was changed; try again later."
                            .formatted(properties.queuedWrites()));
        }
        return write.confirmed();
    }

    /// Leaves time to answer; of a short time at most half.
    private Deadline waitUntil(Deadline deadline) {
        long half = deadline.remaining().toNanos() / 2;
        return new Deadline(
                deadline.nanoTime() - Math.min(half, properties.answerMargin().toNanos()));
    }

    private BlockingQueue<StrictWrite<?>> open(Destination destination) {
        BlockingQueue<StrictWrite<?>> queue = new LinkedBlockingQueue<>(properties.queuedWrites());
        Wait wait = destination.kind();
        Confirmation confirmation = confirmation(wait);
        for (int i = 0; i < properties.connections(); i++) {
            int number = wait.connection(i);
            boolean reads = wait == Wait.EVERY_REPLICA;
            Lane lane =
                    new Lane(destination.primary(), number, primaries, queue, confirmation, properties, metrics, reads);
            synchronized (threads) {
                threads.add(Thread.ofVirtual()
                        .name("lane-" + destination.primary() + '-' + number)
                        .start(lane));
            }
        }
        return queue;
    }

    private Confirmation confirmation(Wait wait) {
        return switch (wait) {
            case REPLICATED -> new Confirmation(Durability.REPLICATED, _ -> completedStage(replicas()));
            case DISK -> new Confirmation(Durability.DISK, _ -> completedStage(replicas()));
            case EVERY_REPLICA -> new Confirmation(Durability.REPLICATED, primaries::successors);
        };
    }

    /// Without any replica, only the primary's own disk can be waited for.
    private int replicas() {
        return primaries.haveReplicas() ? properties.replicas() : 0;
    }

    @Override
    public void close() {
        synchronized (threads) {
            threads.forEach(Thread::interrupt);
        }
    }
}
