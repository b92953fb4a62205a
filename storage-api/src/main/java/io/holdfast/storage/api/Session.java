package io.holdfast.storage.api;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// The writes that somebody wants to see in what is read later: for each partition the last version.
/// Where there are more partitions than are kept apart, the oldest are kept as one bound, which may
/// ask for more than is needed and never for less. Immutable.
///
/// @param floor the version that every partition must have reached which is not listed
/// @param versions by partition, at most [#MOST_PARTITIONS]
public record Session(long floor, Map<Integer, Long> versions) {
    public static final int MOST_PARTITIONS = 48;
    public static final Session NONE = new Session(0, Map.of());

    /// @throws IllegalArgumentException where there are too many entries
    public Session {
        if (versions.size() > MOST_PARTITIONS) {
            throw new IllegalArgumentException(versions.size() + " partitions");
        }
        versions = Map.copyOf(versions);
    }

    /// How far a partition must have come.
    public long atLeast(int partition) {
        return versions.getOrDefault(partition, floor);
    }

    /// This session after a further write.
    public Session with(int partition, long version) {
        if (atLeast(partition) >= version) {
            return this;
        }
        Map<Integer, Long> all = new HashMap<>(versions);
        all.put(partition, version);
        long raised = floor;
        if (all.size() > MOST_PARTITIONS) {
            Map.Entry<Integer, Long> oldest = all.entrySet().stream()
                    .min(Comparator.comparingLong(Map.Entry::getValue))
                    .orElseThrow();
            raised = Math.max(floor, oldest.getValue());
            all.remove(oldest.getKey());
        }
        return new Session(raised, all);
    }
}
