package io.holdfast.storage.record;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.StoredRecord;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Redis;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads records of one partition from its primary with one command, which also reads the namespace's epoch: so a
/// record of a dropped namespace is never seen, whichever service dropped it. Thread-safe.
public final class Reads implements Reader {
    private final Redis redis;

    Reads(Redis redis) {
        this.redis = redis;
    }

    @Override
    public CompletionStage<List<Outcome>> readAll(
            Partition partition, Namespace namespace, List<Operation<?>> operations, Deadline deadline) {
        return redis.commands()
                .mget(names(partition, namespace, operations))
                .thenApply(values -> answers(operations, values));
    }

    /// The epoch of the namespace, and for each operation what is to be read.
    static byte[][] names(Partition partition, Namespace namespace, List<Operation<?>> operations) {
        byte[][] names = new byte[operations.size() + 1][];
        names[0] = partition.epoch(namespace);
        for (int i = 0; i < operations.size(); i++) {
            names[i + 1] = switch (operations.get(i)) {
                case Operation.Recall(Namespace _, String _, IdempotencyKey of) -> partition.kept(of.token());
                case Operation<?> get -> partition.record(namespace, Records.key(get));
            };
        }
        return names;
    }

    /// @param values of the names
    static List<Outcome> answers(List<Operation<?>> operations, List<KeyValue<byte[], byte[]>> values) {
        long epoch = epoch(values.getFirst().getValueOrElse(null));
        List<Outcome> outcomes = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            byte[] value = values.get(i + 1).getValueOrElse(null);
            outcomes.add(
                    switch (operations.get(i)) {
                        case Operation.Recall(Namespace _, String _, IdempotencyKey of) ->
                            value == null ? new Outcome.Absent() : Writes.kept(value, of.fingerprint());
                        case Operation<?> get -> outcome(Records.key(get), value, epoch);
                    });
        }
        return outcomes;
    }

    /// @return for each key its record, or [Outcome.Absent]
    public CompletionStage<List<Outcome.Read>> read(Partition partition, Namespace namespace, List<String> keys) {
        byte[][] names = new byte[keys.size() + 1][];
        names[0] = partition.epoch(namespace);
        for (int i = 0; i < keys.size(); i++) {
            names[i + 1] = partition.record(namespace, keys.get(i));
        }
        return redis.commands().mget(names).thenApply(values -> outcomes(keys, values));
    }

    private static List<Outcome.Read> outcomes(List<String> keys, List<KeyValue<byte[], byte[]>> values) {
        long epoch = epoch(values.getFirst().getValueOrElse(null));
        List<Outcome.Read> outcomes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.add(outcome(keys.get(i), values.get(i + 1).getValueOrElse(null), epoch));
        }
        return outcomes;
    }

    private static Outcome.Read outcome(String key, byte @Nullable [] value, long epoch) {
        StoredRecord stored = epoch > 0 && value != null ? RecordFormat.decode(key, value, epoch) : null;
        return stored == null ? new Outcome.Absent() : new Outcome.Found(stored);
    }

    private static long epoch(byte @Nullable [] text) {
        return text == null ? 0 : Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    }
}
