package io.holdfast.storage.lineage;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Failover;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Lists failovers from what partitions know of their incarnations. Thread-safe.
public final class Failovers {
    private final Partitions partitions;
    private final Lineages lineages;
    private final Attempts attempts;

    Failovers(Partitions partitions, Lineages lineages, Attempts attempts) {
        this.partitions = partitions;
        this.lineages = lineages;
        this.attempts = attempts;
    }

    private record Change(@Nullable String closed, String opened) {}

    /// What partitions say of one change.
    private static final class Sum {
        private long atMillis = Long.MAX_VALUE;
        private long lost;
        private final TreeSet<Integer> numbers = new TreeSet<>();
    }

    /// The latest first.
    ///
    /// @throws io.holdfast.contract.problem.ProblemException where partitions were out of reach
    public List<Failover> list(int limit, Deadline deadline) {
        List<Lineages.Told> told = attempts.all(deadline, partitions.all(), lineages::tellUnconfirmed);
        Map<Change, Sum> changes = new LinkedHashMap<>();
        for (int number = 0; number < told.size(); number++) {
            Map<String, Long> lost = told.get(number).lost();
            for (Lineage.Opening opening : told.get(number).lineage().openings()) {
                long lostHere = lost.getOrDefault(opening.opened(), 0L);
                if (!opening.isFirst() || lostHere > 0) {
                    Change change = new Change(opening.isFirst() ? null : opening.closed(), opening.opened());
                    Sum sum = changes.computeIfAbsent(change, _ -> new Sum());
                    sum.atMillis = Math.min(sum.atMillis, opening.millis());
                    sum.lost += lostHere;
                    sum.numbers.add(number);
                }
            }
        }
        return changes.entrySet().stream()
                .map(entry -> failover(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Failover::atMillis).reversed())
                .limit(limit)
                .toList();
    }

    private static Failover failover(Change change, Sum sum) {
        return new Failover(sum.atMillis, change.closed(), change.opened(), List.copyOf(sum.numbers), sum.lost);
    }
}
