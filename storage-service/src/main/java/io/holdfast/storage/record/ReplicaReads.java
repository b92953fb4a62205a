package io.holdfast.storage.record;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Replicas;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads from a replica. The same command reads the partition's clock, which replicas get in order with
/// all writes: where it is behind what the caller has seen, or no replica answers, the primary is
/// asked. Thread-safe.
final class ReplicaReads implements Reader {
    private final Replicas replicas;
    private final Reader primary;
    private final Counter byReplicas;
    private final Counter byPrimaries;

    ReplicaReads(Replicas replicas, Reader primary, MeterRegistry meters) {
        this.replicas = replicas;
        this.primary = primary;
        this.byReplicas = counter(meters, "replica");
        this.byPrimaries = counter(meters, "primary");
    }

    private static Counter counter(MeterRegistry meters, String by) {
        return Counter.builder("holdfast.storage.reads.eventual")
                .description("Groups of reads that any replica might answer, by who did")
                .tag("by", by)
                .register(meters);
    }

    @Override
    public CompletionStage<List<Outcome>> readAll(
            Partition partition, Namespace namespace, List<Operation<?>> operations, Deadline deadline) {
        byte[][] names = Reads.names(partition, namespace, operations);
        byte[][] keys = new byte[names.length + 1][];
        keys[0] = partition.clock();
        System.arraycopy(names, 0, keys, 1, names.length);
        long wanted = wanted(partition, operations);
        return replicas.mget(keys)
                .<@Nullable List<Outcome>>thenApply(values -> {
                    if (clock(values.getFirst().getValueOrElse(null)) < wanted) {
                        return null;
                    }
                    byReplicas.increment();
                    return Reads.answers(operations, values.subList(1, values.size()));
                })
                .exceptionally(_ -> null)
                .thenCompose(outcomes -> outcomes == null
                        ? byPrimary(partition, namespace, operations, deadline)
                        : completedStage(outcomes));
    }

    private CompletionStage<List<Outcome>> byPrimary(
            Partition partition, Namespace namespace, List<Operation<?>> operations, Deadline deadline) {
        byPrimaries.increment();
        return primary.readAll(partition, namespace, operations, deadline);
    }

    /// Of several sessions the strictest, as all is read at once.
    private static long wanted(Partition partition, List<Operation<?>> operations) {
        return operations.stream()
                .mapToLong(operation -> operation instanceof Operation.Get get
                                && get.consistency() instanceof Consistency.Eventual(var session)
                        ? session.atLeast(partition.number())
                        : 0)
                .max()
                .orElse(0);
    }

    private static long clock(byte @Nullable [] clock) {
        if (clock == null) {
            return 0;
        }
        String text = new String(clock, StandardCharsets.US_ASCII);
        int colon = text.indexOf(':');
        return Long.parseLong(colon < 0 ? text : text.substring(0, colon));
    }
}
