package io.holdfast.storage.record;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
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
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes records of one partition with one script, which runs as a whole or not at all. Each write
/// has an outcome of its own. Thread-safe.
final class Writes {
    private static final Script SCRIPT = Script.load("write");
    private static final int ARGUMENTS_PER_WRITE = 7;
    private static final byte[] EMPTY = {};

    private final DurableScripts scripts;

    Writes(DurableScripts scripts) {
        this.scripts = scripts;
    }

    /// @param epoch under which the namespace was just registered; 0 for "it should be known"
    /// @param writes puts and deletes
    /// @param answered told what the primary answered, before it is known how far that has come
    CompletionStage<Answer> write(
            Partition partition,
            Namespace namespace,
            long epoch,
            List<Operation<?>> writes,
            Durability level,
            Deadline deadline,
            Consumer<Answer> answered) {
        List<byte[]> keys = new ArrayList<>(5 + writes.size());
        keys.add(partition.epoch(namespace));
        keys.add(partition.index(namespace));
        keys.add(partition.expiries());
        keys.add(partition.clock());
        keys.add(partition.swept());
        List<byte[]> arguments = new ArrayList<>(2 + ARGUMENTS_PER_WRITE * writes.size());
        arguments.add(utf8(namespace.qualifiedName()));
        arguments.add(number(epoch));
        for (Operation<?> write : writes) {
            keys.add(partition.record(namespace, add(arguments, write)));
        }
        return scripts.<@Nullable List<Object>>run(
                        SCRIPT,
                        ScriptOutputType.MULTI,
                        level,
                        deadline,
                        reply -> answered.accept(answer(reply, Reached.MEMORY)),
                        keys.toArray(byte[][]::new),
                        arguments.toArray(byte[][]::new))
                .thenApply(confirmed -> answer(confirmed.answer(), confirmed.reached()));
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
            case Operation.Get _,
                    Operation.Scan _,
                    Operation.Count _,
                    Operation.ListNamespaces _,
                    Operation.DropNamespace _ -> throw new IllegalArgumentException(write + " is no write");
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

    private static Answer answer(@Nullable List<Object> reply, Reached reached) {
        if (reply == null || (long) reply.getFirst() != 1) {
            return new Answer.Unregistered();
        }
        List<Outcome> outcomes = new ArrayList<>(reply.size() / 2);
        for (int i = 1; i < reply.size(); i += 2) {
            outcomes.add(outcome((long) reply.get(i), (long) reply.get(i + 1)));
        }
        return new Answer.Applied(outcomes, reached);
    }

    private static Outcome outcome(long code, long version) {
        return switch ((int) code) {
            case 1 -> new Outcome.Stored(version, true);
            case 2 -> new Outcome.Stored(version, false);
            case 3 -> new Outcome.Removed(version);
            case 4 -> new Outcome.Absent();
            case 5 -> new Outcome.Conflict(version);
            default -> throw new IllegalStateException("unknown outcome " + code);
        };
    }

    private static byte[] number(long value) {
        return utf8(Long.toString(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
