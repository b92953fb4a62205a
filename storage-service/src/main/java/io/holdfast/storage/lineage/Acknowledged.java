package io.holdfast.storage.lineage;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// The last writes that were acknowledged in one partition under one incarnation of its primary; the
/// oldest make room for new ones. Thread-safe.
final class Acknowledged {
    private static final int FIRST_SIZE = 64;
    /// More than the greatest code of a level.
    private static final int CODES = 4;

    private final Origin origin;
    private final int most;
    /// Versions, each times [#CODES], plus the code of its level.
    private long[] writes; // guarded by this

    private long count; // guarded by this

    Acknowledged(Origin origin, int most) {
        this.origin = origin;
        this.most = most;
        this.writes = new long[Math.min(FIRST_SIZE, most)];
    }

    Origin origin() {
        return origin;
    }

    synchronized void add(long version, Durability level) {
        if (count == writes.length && writes.length < most) {
            writes = Arrays.copyOf(writes, Math.min(most, 2 * writes.length));
        }
        writes[(int) (count++ % writes.length)] = version * CODES + level.code();
    }

    /// Of those that are remembered, how many are lost, by the level they had reached.
    synchronized Map<Durability, Integer> lost(Lineage lineage) {
        Map<Durability, Integer> lost = new EnumMap<>(Durability.class);
        for (int i = 0; i < Math.min(count, writes.length); i++) {
            Outcome.Fate fate = lineage.fate(origin, writes[i] / CODES);
            if (fate.state() == Outcome.Fate.State.LOST) {
                lost.merge(Durability.of((int) (writes[i] % CODES)), 1, Integer::sum);
            }
        }
        return lost;
    }
}
