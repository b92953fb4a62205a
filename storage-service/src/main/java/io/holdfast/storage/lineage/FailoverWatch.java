package io.holdfast.storage.lineage;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempted;
import io.holdfast.storage.redis.Attempts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks which incarnation of its primary each partition has. Where it is a new one, it has the new
/// primary confirmed, counts which of the writes that this service acknowledged are lost, and tells
/// operators and, through Redis, whoever asks for failovers. What cannot be confirmed yet is left for
/// the next look.
final class FailoverWatch {
    private static final Logger log = LoggerFactory.getLogger(FailoverWatch.class);
    private static final int MOST_TOLD = 256;

    private final Partitions partitions;
    private final Lineages lineages;
    private final Acknowledgements acknowledgements;
    private final Attempts attempts;
    private final LineageProperties properties;
    private final FailoverMetrics metrics;
    private final @Nullable String[] known; // guarded by run() being called by one thread at a time
    private final Set<String> told = new LinkedHashSet<>(); // guarded likewise; incarnations, the latest last
    private final LossNotes notes; // guarded likewise
    private volatile @Nullable String fault;

    FailoverWatch(
            Partitions partitions,
            Lineages lineages,
            Acknowledgements acknowledgements,
            Attempts attempts,
            LineageProperties properties,
            FailoverMetrics metrics) {
        this.partitions = partitions;
        this.lineages = lineages;
        this.acknowledgements = acknowledgements;
        this.attempts = attempts;
        this.properties = properties;
        this.metrics = metrics;
        this.notes = new LossNotes(lineages, attempts);
        this.known = new String[partitions.all().size()];
    }

    /// The partitions that went over to one incarnation, and what was lost with that.
    private static final class Change {
        private final List<Integer> partitions = new ArrayList<>();
        private final Map<Durability, Integer> lost = new EnumMap<>(Durability.class);
    }

    /// Looks once. Called by one thread at a time.
    void run() {
        try {
            look();
        } catch (RuntimeException e) {
            report(e.toString());
        }
    }

    private void look() {
        Deadline deadline = Deadline.in(properties.timeout());
        List<Attempted<String>> answers = attempts.each(deadline, partitions.all(), lineages::look);
        List<Partition> changed = new ArrayList<>();
        String fault = null;
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case Attempted.Done<String>(String incarnation) -> {
                    if (isNew(i, incarnation)) {
                        changed.add(partitions.all().get(i));
                    }
                }
                case Attempted.Failed<String>(var why) -> fault = why.detail();
            }
        }
        report(fault);
        if (!changed.isEmpty()) {
            assess(changed);
        }
        notes.confirm(Deadline.in(properties.confirmWithin()));
    }

    /// The first look finds out where this service begins. A partition that was empty is new to nobody.
    private boolean isNew(int partition, String incarnation) {
        String before = known[partition];
        if (before == null || before.isEmpty()) {
            known[partition] = incarnation;
            return !acknowledgements.before(partition, incarnation).isEmpty();
        }
        return !before.equals(incarnation)
                || !acknowledgements.before(partition, incarnation).isEmpty();
    }

    private void assess(List<Partition> changed) {
        Deadline deadline = Deadline.in(properties.confirmWithin());
        List<Attempted<Lineages.Told>> answers =
                attempts.each(deadline, changed, partition -> lineages.tell(partition, deadline));
        Map<String, Change> changes = new TreeMap<>();
        for (int i = 0; i < changed.size(); i++) {
            if (answers.get(i) instanceof Attempted.Done<Lineages.Told>(Lineages.Told told)) {
                assess(changed.get(i), told.lineage(), changes);
            }
        }
        changes.forEach(this::tell);
    }

    private void assess(Partition partition, Lineage lineage, Map<String, Change> changes) {
        int number = partition.number();
        Map<Durability, Integer> lost = new EnumMap<>(Durability.class);
        List<Acknowledged> before = acknowledgements.before(number, lineage.incarnation());
        before.forEach(
                writes -> writes.lost(lineage).forEach((level, count) -> lost.merge(level, count, Integer::sum)));
        long sum = lost.values().stream().mapToLong(Integer::longValue).sum();
        if (sum > 0) {
            notes.add(partition, lineage.incarnation(), sum);
        }
        acknowledgements.forget(number, before);
        boolean another = !Objects.equals(known[number], lineage.incarnation());
        known[number] = lineage.incarnation();
        if (another || sum > 0) {
            Change change = changes.computeIfAbsent(lineage.incarnation(), _ -> new Change());
            change.partitions.add(number);
            lost.forEach((level, count) -> change.lost.merge(level, count, Integer::sum));
        }
    }

    private void tell(String incarnation, Change change) {
        metrics.lost(change.lost);
        if (told.add(incarnation)) {
            metrics.failover();
        }
        while (told.size() > MOST_TOLD) {
            told.remove(told.iterator().next());
        }
        if (change.lost.isEmpty()) {
            log.info(
                    "Partitions {} have another primary now ({}); none of the writes remembered here is lost",
                    change.partitions,
                    incarnation);
        } else {
            log.warn(
                    "Partitions {} have another primary now ({}); acknowledged writes are lost: {}",
                    change.partitions,
                    incarnation,
                    change.lost);
        }
    }

    /// Says once that it fails and once that it works again.
    private void report(@Nullable String now) {
        if (now != null) {
            metrics.failed();
            if (fault == null) {
                log.warn("Failovers cannot be looked for; it is tried again every {}: {}", properties.interval(), now);
            }
        } else if (fault != null) {
            log.info("Failovers are looked for again");
        }
        fault = now;
    }

    /// Why the last look did not reach all partitions; null where it did.
    @Nullable
    String fault() {
        return fault;
    }
}
