package io.holdfast.storage.record;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Reads what is neither outdated nor lost later: all replicas of the primary confirm what is read, and
/// that they have not taken its place before. Thread-safe.
final class ConfirmedReads implements Reader {
    private static final Script SCRIPT = Script.load("read");

    private final DurableScripts scripts;

    ConfirmedReads(DurableScripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public CompletionStage<List<Outcome>> readAll(
            Partition partition, Namespace namespace, List<Operation<?>> operations, Deadline deadline) {
        byte[][] names = Reads.names(partition, namespace, operations);
        byte[][] keys = new byte[names.length + 1][];
        keys[0] = partition.clock();
        System.arraycopy(names, 0, keys, 1, names.length);
        return scripts.<List<Object>>read(SCRIPT, ScriptOutputType.MULTI, deadline, keys)
                .thenApply(values -> Reads.answers(operations, keyed(names, values)));
    }

    private static List<KeyValue<byte[], byte[]>> keyed(byte[][] names, List<Object> values) {
        List<KeyValue<byte[], byte[]>> keyed = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            keyed.add(KeyValue.fromNullable(names[i], (byte[]) values.get(i)));
        }
        return keyed;
    }
}
