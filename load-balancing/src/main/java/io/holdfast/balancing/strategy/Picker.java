package io.holdfast.balancing.strategy;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/// Picks from one snapshot. Thread-safe; takes no lock, never waits, and allocates nothing, as it
/// runs for every request.
public interface Picker {
    /// @param key the request's hash, 0 where it belongs with no other
    /// @return the place of an instance in the snapshot
    int pick(long key);

    /// Picks for a further attempt.
    ///
    /// @param tried the places that are not to be picked; at least one is left
    default int pick(long key, BitSet tried, RandomGenerator random) {
        for (int i = 0; i < 2 + 2 * tried.cardinality(); i++) {
            int index = pick(key);
            if (!tried.get(index)) {
                return index;
            }
        }
        return Draw.untried(tried, size(), random);
    }

    int size();

    /// What speaks for an instance, for people.
    Score score(int index);
}
