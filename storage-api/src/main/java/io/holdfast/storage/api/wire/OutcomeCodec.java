package io.holdfast.storage.api.wire;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Failover;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// Outcomes in CBOR: an array with one array for each outcome, its code first. What was added at the
/// end of one may be missing, or unknown to who reads it. Thread-safe.
public final class OutcomeCodec {
    private static final int FOUND = 1;
    private static final int ABSENT = 2;
    private static final int STORED = 3;
    private static final int REMOVED = 4;
    private static final int CONFLICT = 5;
    private static final int PAGE = 6;
    private static final int SIZE = 7;
    private static final int NAMESPACES = 8;
    private static final int DROPPED = 9;
    private static final int FAILED = 10;
    private static final int FIRST = 11;
    private static final int REPEATED = 12;
    private static final int KEY_REUSED = 13;
    private static final int CLAIMED = 14;
    private static final int BUSY = 15;
    private static final int UNCONFIRMED = 16;
    private static final int FATE = 17;
    private static final int FAILOVERS = 18;

    private OutcomeCodec() {}

    public static byte[] encode(List<Outcome> outcomes) {
        return Cbor.encode(outcomes, OutcomeCodec::write);
    }

    /// @throws MalformedMessageException where the bytes are no outcomes
    public static List<Outcome> decode(byte[] message) {
        return Cbor.decode(message, RecordStore.MOST_OPERATIONS, OutcomeCodec::read);
    }

    private static void write(JsonGenerator out, Outcome outcome) {
        out.writeStartArray();
        switch (outcome) {
            case Outcome.Found(StoredRecord stored) -> RecordCodec.write(out.writeNumber(FOUND), stored);
            case Outcome.Absent _ -> out.writeNumber(ABSENT);
            case Outcome.Stored stored ->
                writeOrigin(
                        writeReached(
                                out.writeNumber(STORED)
                                        .writeNumber(stored.version())
                                        .writeBoolean(stored.created()),
                                stored.reached()),
                        stored.origin());
            case Outcome.Removed removed ->
                writeOrigin(
                        writeReached(out.writeNumber(REMOVED).writeNumber(removed.version()), removed.reached()),
                        removed.origin());
            case Outcome.Unconfirmed write -> {
                out.writeNumber(UNCONFIRMED).writeNumber(write.version());
                writeOrigin(writeReached(out.writeString(write.asked().label()), write.reached()), write.origin());
            }
            case Outcome.Conflict(long version) -> out.writeNumber(CONFLICT).writeNumber(version);
            case Outcome.Page page -> {
                Cbor.writeNullable(out.writeNumber(PAGE), page.next());
                out.writeStartArray();
                page.records().forEach(stored -> RecordCodec.write(out, stored));
                out.writeEndArray();
            }
            case Outcome.Size(boolean exists, long records) ->
                out.writeNumber(SIZE).writeBoolean(exists).writeNumber(records);
            case Outcome.Namespaces(List<String> names) -> {
                out.writeNumber(NAMESPACES).writeStartArray();
                names.forEach(out::writeString);
                out.writeEndArray();
            }
            case Outcome.Dropped(boolean existed) -> out.writeNumber(DROPPED).writeBoolean(existed);
            case Outcome.Failed(ProblemType type, String detail) ->
                out.writeNumber(FAILED).writeString(type.name()).writeString(detail);
            case Outcome.First(Outcome first) -> write(out.writeNumber(FIRST), first);
            case Outcome.Repeated(Outcome first, String note) -> {
                write(out.writeNumber(REPEATED), first);
                out.writeString(note);
            }
            case Outcome.KeyReused _ -> out.writeNumber(KEY_REUSED);
            case Outcome.Claimed _ -> out.writeNumber(CLAIMED);
            case Outcome.Busy _ -> out.writeNumber(BUSY);
            case Outcome.Fate(Outcome.Fate.State state, String detail) ->
                out.writeNumber(FATE).writeString(state.name()).writeString(detail);
            case Outcome.Failovers(List<Failover> failovers) -> {
                out.writeNumber(FAILOVERS).writeStartArray();
                failovers.forEach(failover -> FailoverCodec.write(out, failover));
                out.writeEndArray();
            }
        }
        out.writeEndArray();
    }

    private static JsonGenerator writeReached(JsonGenerator out, Reached reached) {
        return out.writeString(reached.level().label()).writeNumber(reached.replicas());
    }

    private static void writeOrigin(JsonGenerator out, Origin origin) {
        if (origin.isKnown()) {
            out.writeNumber(origin.partition()).writeNumber(origin.incarnation());
        }
    }

    private static Outcome read(JsonParser in) {
        int code = Cbor.readInt(in);
        return switch (code) {
            case FOUND -> new Outcome.Found(RecordCodec.read(in, Cbor.readString(in)));
            case ABSENT -> new Outcome.Absent();
            case STORED -> {
                long version = Cbor.readLong(in);
                boolean created = Cbor.readBoolean(in);
                Reached reached = readReached(in);
                yield reached == null
                        ? new Outcome.Stored(version, created)
                        : new Outcome.Stored(version, created, reached, readOrigin(in));
            }
            case REMOVED -> {
                long version = Cbor.readLong(in);
                Reached reached = readReached(in);
                yield reached == null
                        ? new Outcome.Removed(version)
                        : new Outcome.Removed(version, reached, readOrigin(in));
            }
            case UNCONFIRMED -> {
                long version = Cbor.readLong(in);
                Durability asked = Cbor.durability(Cbor.readString(in));
                Reached reached = readReached(in);
                yield reached == null
                        ? new Outcome.Unconfirmed(version, asked, Reached.MEMORY)
                        : new Outcome.Unconfirmed(version, asked, reached, readOrigin(in));
            }
            case CONFLICT -> new Outcome.Conflict(Cbor.readLong(in));
            case PAGE -> readPage(in);
            case SIZE -> new Outcome.Size(Cbor.readBoolean(in), Cbor.readLong(in));
            case NAMESPACES -> readNamespaces(in);
            case DROPPED -> new Outcome.Dropped(Cbor.readBoolean(in));
            case FAILED -> new Outcome.Failed(Cbor.readEnum(in, ProblemType.class), Cbor.readString(in));
            case FIRST -> new Outcome.First(readNested(in));
            case REPEATED -> new Outcome.Repeated(readNested(in), Cbor.readString(in));
            case KEY_REUSED -> new Outcome.KeyReused();
            case CLAIMED -> new Outcome.Claimed();
            case BUSY -> new Outcome.Busy();
            case FATE -> new Outcome.Fate(Cbor.readEnum(in, Outcome.Fate.State.class), Cbor.readString(in));
            case FAILOVERS -> new Outcome.Failovers(FailoverCodec.readAll(in));
            default -> throw new MalformedMessageException("unknown outcome " + code);
        };
    }

    /// Missing in messages of services that do not know levels; then the end was read.
    private static @Nullable Reached readReached(JsonParser in) {
        String label = Cbor.readNullableOrEnd(in);
        return label == null ? null : new Reached(Cbor.durability(label), Cbor.readInt(in));
    }

    /// Missing where it is not known, and in messages of services that do not know of it.
    private static Origin readOrigin(JsonParser in) {
        Long partition = Cbor.readLongOrOther(in);
        return partition == null ? Origin.UNKNOWN : new Origin(Math.toIntExact(partition), Cbor.readLong(in));
    }

    /// An outcome within another one; of a write, so never deeper than that.
    private static Outcome readNested(JsonParser in) {
        Cbor.expectArray(in);
        int depth = Cbor.depth(in);
        Outcome outcome = read(in);
        Cbor.skipToEnd(in, depth);
        if (outcome instanceof Outcome.Write
                || outcome instanceof Outcome.Removal
                || outcome instanceof Outcome.Dropped) {
            return outcome;
        }
        throw new MalformedMessageException("expected what a write came to");
    }

    private static Outcome.Page readPage(JsonParser in) {
        String next = Cbor.readNullable(in);
        List<StoredRecord> records = new ArrayList<>();
        Cbor.expectArray(in);
        for (String key = Cbor.readStringOrEnd(in); key != null; key = Cbor.readStringOrEnd(in)) {
            records.add(RecordCodec.read(in, key));
        }
        return new Outcome.Page(records, next);
    }

    private static Outcome.Namespaces readNamespaces(JsonParser in) {
        List<String> names = new ArrayList<>();
        Cbor.expectArray(in);
        for (String name = Cbor.readStringOrEnd(in); name != null; name = Cbor.readStringOrEnd(in)) {
            names.add(name);
        }
        return new Outcome.Namespaces(names);
    }
}
