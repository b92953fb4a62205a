package io.holdfast.storage.record;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes records of one partition with one script, which runs as a whole or not at all. Each write
/// has an outcome of its own. Thread-safe.
final class Writes {
    private static final Script SCRIPT = Script.load("clock", "write");
    private static final int ARGUMENTS_PER_WRITE = 8;
    private static final byte[] EMPTY = {};
    private static final int REPEATED = 10;
    private static final int KEY_REUSED = 20;
    private static final byte[] NOT_KEPT = utf8("0");

    private final DurableScripts scripts;

    Writes(DurableScripts scripts) {
        this.scripts = scripts;
    }

    /// @param epoch under which the namespace was just registered; 0 for "it should be known"
    /// @param writes puts and deletes, and such as are to take place once
    /// @param answered told what the primary answered, before it is known how far that has come
    CompletionStage<Answer> write(
            Partition partition,
            Namespace namespace,
            long epoch,
            List<Operation<?>> writes,
            Durability level,
            Deadline deadline,
            Consumer<Answer> answered) {
        List<byte[]> keys = new ArrayList<>(6 + writes.size());
        keys.add(partition.epoch(namespace));
        keys.add(partition.index(namespace));
        keys.add(partition.expiries());
        keys.add(partition.clock());
        keys.add(partition.swept());
        keys.add(partition.history());
        List<byte[]> kept = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>(3 + ARGUMENTS_PER_WRITE * writes.size());
        arguments.add(utf8(namespace.qualifiedName()));
        arguments.add(number(epoch));
        arguments.add(number(writes.size()));
        for (Operation<?> write : writes) {
            keys.add(partition.record(namespace, add(arguments, write)));
            if (write instanceof Operation.Once(Operation<?> _, IdempotencyKey key)) {
                kept.add(partition.kept(key.token()));
                add(arguments, key);
            } else {
                arguments.add(NOT_KEPT);
            }
        }
        keys.addAll(kept);
        return scripts.<@Nullable List<Object>>run(
                        SCRIPT,
                        ScriptOutputType.MULTI,
                        level,
                        deadline,
                        reply -> answered.accept(answer(partition, reply, writes, Reached.MEMORY)),
                        keys.toArray(byte[][]::new),
                        arguments.toArray(byte[][]::new))
                .thenApply(confirmed -> answer(partition, confirmed.answer(), writes, confirmed.reached()));
    }

    private static void add(List<byte[]> arguments, IdempotencyKey key) {
        arguments.add(number(key.keptFor().toMillis()));
        arguments.add(utf8(key.fingerprint()));
        arguments.add(utf8(key.note()));
    }

    private static String add(List<byte[]> arguments, Operation<?> write) {
        return switch (write) {
            case Operation.Put put -> {
                Duration ttl = put.timeToLive();
                add(arguments, "P", put.key(), put.precondition(), ttl == null ? 0 : ttl.toMillis());
                arguments.add(ByteBuffer.allocate(Long.BYTES)
                        .putLong(put.operationId())
                        .array());
                arguments.add(RecordFormat.tail(put.content()));
                yield put.key();
            }
            case Operation.Delete delete -> {
                add(arguments, "D", delete.key(), delete.precondition(), 0);
                arguments.add(EMPTY);
                arguments.add(EMPTY);
                yield delete.key();
            }
            case Operation.Once(Operation<?> once, IdempotencyKey _) -> add(arguments, once);
            case Operation.Get _,
                    Operation.Recall _,
                    Operation.Claim _,
                    Operation.Scan _,
                    Operation.Count _,
                    Operation.ListNamespaces _,
                    Operation.DropNamespace _,
                    Operation.Verify _,
                    Operation.ListFailovers _ -> throw new IllegalArgumentException(write + " is no write");
        };
    }

    private static void add(List<byte[]> arguments, String kind, String key, Precondition precondition, long ttl) {
        arguments.add(utf8(kind));
        arguments.add(utf8(key));
        switch (precondition) {
            case Precondition.None _ -> add(arguments, 0, 0);
            case Precondition.Absent _ -> add(arguments, 1, 0);
            case Precondition.Present _ -> add(arguments, 2, 0);
            case Precondition.Version(long version) -> add(arguments, 3, version);
        }
        arguments.add(number(ttl));
    }

    private static void add(List<byte[]> arguments, int precondition, long version) {
        arguments.add(number(precondition));
        arguments.add(number(version));
    }

    private static Answer answer(
            Partition partition, @Nullable List<Object> reply, List<Operation<?>> writes, Reached reached) {
        if (reply == null || (long) reply.getFirst() != 1) {
            return new Answer.Unregistered();
        }
        Iterator<Object> values = reply.iterator();
        values.next();
        Origin origin = origin(partition, text(values.next()));
        List<Outcome> outcomes = new ArrayList<>(writes.size());
        for (Operation<?> write : writes) {
            boolean once = write instanceof Operation.Once;
            outcomes.add(outcome((long) values.next(), (long) values.next(), origin, values, once));
        }
        return new Answer.Applied(outcomes, reached);
    }

    private static Origin origin(Partition partition, String incarnation) {
        return incarnation.isEmpty()
                ? Origin.UNKNOWN
                : new Origin(partition.number(), HexFormat.fromHexDigitsToLong(incarnation));
    }

    private static Outcome outcome(long code, long version, Origin origin, Iterator<Object> values, boolean once) {
        if (code == KEY_REUSED) {
            return new Outcome.KeyReused();
        }
        if (code > REPEATED) {
            return new Outcome.Repeated(outcome(code - REPEATED, version, origin), text(values.next()));
        }
        Outcome outcome = outcome(code, version, origin);
        return once ? new Outcome.First(outcome) : outcome;
    }

    private static Outcome outcome(long code, long version, Origin origin) {
        return switch ((int) code) {
            case 1 -> new Outcome.Stored(version, true, Reached.MEMORY, origin);
            case 2 -> new Outcome.Stored(version, false, Reached.MEMORY, origin);
            case 3 -> new Outcome.Removed(version, Reached.MEMORY, origin);
            case 4 -> new Outcome.Absent();
            case 5 -> new Outcome.Conflict(version);
            case 6 -> new Outcome.Dropped(true);
            default -> throw new IllegalStateException("unknown outcome " + code);
        };
    }

    /// What is kept of a write, as this script and `drop-begin.lua` write it.
    static Outcome.Recollection kept(byte[] stored, String fingerprint) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        long version = buffer.getLong();
        int code = buffer.get();
        byte[] first = new byte[buffer.get()];
        buffer.get(first);
        return Arrays.equals(first, utf8(fingerprint))
                ? new Outcome.Repeated(
                        outcome(code, version, Origin.UNKNOWN),
                        StandardCharsets.UTF_8.decode(buffer).toString())
                : new Outcome.KeyReused();
    }

    private static String text(Object value) {
        return new String((byte[]) value, StandardCharsets.UTF_8);
    }

    private static byte[] number(long value) {
        return utf8(Long.toString(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
