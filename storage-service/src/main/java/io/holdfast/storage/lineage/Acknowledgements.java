package io.holdfast.storage.lineage;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.partition.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The writes that this service acknowledged lately, so that it can tell which of them a failover lost.
/// For each partition those of the last few incarnations of its primary are kept. Thread-safe; noting a
/// write takes one uncontended lock of its partition and incarnation.
public final class Acknowledgements {
    private static final int MOST_INCARNATIONS = 4;

    private final AtomicReferenceArray<List<Acknowledged>> byPartition;
    private final int remembered;

    Acknowledgements(Partitions partitions, LineageProperties properties) {
        this.byPartition = new AtomicReferenceArray<>(partitions.all().size());
        for (int i = 0; i < byPartition.length(); i++) {
            byPartition.set(i, List.of());
        }
        this.remembered = properties.rememberedWrites();
    }

    /// Notes that callers are told of these writes.
    public void note(List<? extends Outcome> outcomes) {
        outcomes.forEach(this::note);
    }

    private void note(Outcome outcome) {
        switch (outcome) {
            case Outcome.Stored stored ->
                note(stored.origin(), stored.version(), stored.reached().level());
            case Outcome.Removed removed ->
                note(removed.origin(), removed.version(), removed.reached().level());
            case Outcome.First(Outcome first) -> note(first);
            default -> {}
        }
    }

    private void note(Origin origin, long version, Durability level) {
        if (origin.isKnown()) {
            of(origin).add(version, level);
        }
    }

    private Acknowledged of(Origin origin) {
        List<Acknowledged> known = byPartition.get(origin.partition());
        for (Acknowledged acknowledged : known) {
            if (acknowledged.origin().equals(origin)) {
                return acknowledged;
            }
        }
        List<Acknowledged> more = new ArrayList<>(known);
        more.add(new Acknowledged(origin, remembered));
        if (more.size() > MOST_INCARNATIONS) {
            more.removeFirst();
        }
        byPartition.compareAndSet(origin.partition(), known, List.copyOf(more));
        return of(origin);
    }

    /// Those of incarnations that are not this one.
    List<Acknowledged> before(int partition, String incarnation) {
        return byPartition.get(partition).stream()
                .filter(acknowledged -> !acknowledged.origin().label().equals(incarnation))
                .toList();
    }

    /// What became of these writes is known.
    void forget(int partition, List<Acknowledged> assessed) {
        byPartition.getAndUpdate(
                partition,
                known -> known.stream()
                        .filter(acknowledged -> !assessed.contains(acknowledged))
                        .toList());
    }
}
