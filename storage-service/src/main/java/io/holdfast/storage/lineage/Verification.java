package io.holdfast.storage.lineage;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempted;
import io.holdfast.storage.redis.Attempts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tells what became of writes. Each partition is asked once for all of them. Thread-safe.
public final class Verification {
    private final Partitions partitions;
    private final Lineages lineages;
    private final Attempts attempts;
    private final LineageProperties properties;

    Verification(Partitions partitions, Lineages lineages, Attempts attempts, LineageProperties properties) {
        this.partitions = partitions;
        this.lineages = lineages;
        this.attempts = attempts;
        this.properties = properties;
    }

    /// @param operations by the position at which their outcomes belong
    /// @param outcomes receives one outcome for each of them
    public void verify(Map<Integer, Operation.Verify> operations, Outcome[] outcomes, Deadline deadline) {
        TreeSet<Integer> wanted = new TreeSet<>();
        operations.values().forEach(operation -> wanted.add(operation.origin().partition()));
        List<Partition> asked =
                wanted.stream().filter(this::exists).map(partitions.all()::get).toList();
        Deadline sooner = sooner(deadline);
        List<Attempted<Lineages.Told>> answers =
                attempts.each(sooner, new ArrayList<>(asked), partition -> lineages.tell(partition, sooner));
        Map<Integer, Attempted<Lineages.Told>> byPartition = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byPartition.put(asked.get(i).number(), answers.get(i));
        }
        operations.forEach((position, operation) -> outcomes[position] =
                fate(operation, byPartition.get(operation.origin().partition())));
    }

    private boolean exists(int partition) {
        return partition >= 0 && partition < partitions.all().size();
    }

    /// A primary that is not confirmed soon is better told than waited for.
    private Deadline sooner(Deadline deadline) {
        Duration most = deadline.remaining().dividedBy(2);
        Duration wanted = properties.confirmWithin();
        return Deadline.in(wanted.compareTo(most) < 0 ? wanted : most);
    }

    private static Outcome.Fate fate(Operation.Verify operation, @Nullable Attempted<Lineages.Told> answer) {
        Origin origin = operation.origin();
        return switch (answer) {
            case null -> new Outcome.Fate(Outcome.Fate.State.UNKNOWN, "There is no such partition.");
            case Attempted.Done<Lineages.Told>(Lineages.Told told) ->
                told.lineage().fate(origin, operation.version());
            case Attempted.Failed<Lineages.Told>(var fault) ->
                new Outcome.Fate(Outcome.Fate.State.UNKNOWN, fault.detail());
        };
    }
}
