package io.holdfast.storage.lineage;

import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Outcome.Fate.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The incarnations that gave versions in a partition, as whoever holds it now knows them. `clock.lua`
/// writes them.
///
/// A primary sends its writes to replicas in order, and the clock with each of them. A promoted replica
/// therefore has all writes of an incarnation up to the clock it found, and none behind: where version
/// and incarnation of a write are known, so is what became of it. An incarnation also has what it
/// inherited from those before, so a write counts as its own if it was seen there.
///
/// What an incarnation that has been replaced says of itself is worthless. It must not be asked, and
/// [io.holdfast.storage.durability.DurableScripts#read] does not let it answer.
///
/// @param clock the last version
/// @param incarnation that gave it; empty where nothing was ever written
/// @param openings the latest last; the oldest may have been left out
record Lineage(long clock, String incarnation, List<Opening> openings) {
    private static final String NONE = "";
    private static final String UNNOTED = "?";

    /// That an incarnation began to write here.
    ///
    /// @param closed the one before; empty where the partition was, `?` where nobody noted it
    /// @param closedAt the last version of that one which is known here
    /// @param start the version behind which this one began
    record Opening(String closed, long closedAt, String opened, long start, long millis) {
        static Opening parse(byte[] entry) {
            String[] parts = text(entry).split(":", -1);
            return new Opening(
                    parts[0], Long.parseLong(parts[1]), parts[2], Long.parseLong(parts[3]), Long.parseLong(parts[4]));
        }

        /// Whether there was nothing before.
        boolean isFirst() {
            return closed.equals(NONE);
        }
    }

    static Lineage of(byte[] clock, List<byte[]> history) {
        String text = text(clock);
        int colon = text.indexOf(':');
        return new Lineage(
                Long.parseLong(colon < 0 ? text : text.substring(0, colon)),
                colon < 0 ? UNNOTED : text.substring(colon + 1),
                history.stream().map(Opening::parse).toList());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /// What became of a write.
    Outcome.Fate fate(Origin origin, long version) {
        String wanted = origin.label();
        if (!origin.isKnown()) {
            return unknown("Redis did not tell which incarnation of the primary took the write.");
        }
        if (!openings.isEmpty() && !openings.getLast().opened().equals(incarnation)) {
            return unknown("The partition's history does not fit its clock.");
        }
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < openings.size(); i++) {
            if (openings.get(i).opened().equals(wanted)) {
                found.add(i);
            }
        }
        return found.isEmpty() ? fateOfUnlisted(wanted, version) : fateOfListed(wanted, version, found);
    }

    /// Of an incarnation that is there several times, as after partitions were moved away and back, any
    /// time will do.
    private Outcome.Fate fateOfListed(String wanted, long version, List<Integer> found) {
        long known = 0;
        for (int i : found) {
            long end = i + 1 < openings.size() ? openings.get(i + 1).closedAt() : clock;
            boolean here =
                    !openings.get(i).isFirst() || version > openings.get(i).start();
            if (here && version <= end) {
                return new Outcome.Fate(
                        State.SURVIVED,
                        end == clock && wanted.equals(incarnation)
                                ? "The primary that took it has it."
                                : "The primary that took over had it.");
            }
            known = Math.max(known, end);
        }
        return lost(wanted, known);
    }

    private Outcome.Fate fateOfUnlisted(String wanted, long version) {
        if (openings.isEmpty()) {
            return incarnation.equals(NONE)
                    ? new Outcome.Fate(State.LOST, "Its partition is empty, and never had it.")
                    : unknown("The partition does not say which incarnations of primaries it had.");
        }
        Opening oldest = openings.getFirst();
        if (oldest.closed().equals(wanted) && version > oldest.closedAt()) {
            return lost(wanted, oldest.closedAt());
        }
        boolean complete = oldest.isFirst() || oldest.closed().equals(UNNOTED);
        return complete || version > oldest.closedAt()
                ? new Outcome.Fate(State.LOST, "No primary since knows of the incarnation %s.".formatted(wanted))
                : unknown("It is too long ago: the partition has changed its primary too often since.");
    }

    private static Outcome.Fate lost(String wanted, long known) {
        return new Outcome.Fate(
                State.LOST,
                "Whoever took over from the incarnation %s had its writes up to version %d only."
                        .formatted(wanted, known));
    }

    private static Outcome.Fate unknown(String why) {
        return new Outcome.Fate(State.UNKNOWN, why);
    }
}
