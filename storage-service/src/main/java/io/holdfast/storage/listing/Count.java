package io.holdfast.storage.listing;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.holdfast.storage.sweep.Sweep;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Counts the records of a namespace: the sizes of its indexes, each taken at a moment at which its
/// partition holds no expired record. Thread-safe.
public final class Count {
    private static final Script SCRIPT = Script.load("count");
    private static final long SWEEP_FIRST = -1;

    private final Partitions partitions;
    private final Redis redis;
    private final Attempts attempts;
    private final Namespaces namespaces;
    private final Sweep sweep;

    Count(Partitions partitions, Redis redis, Attempts attempts, Namespaces namespaces, Sweep sweep) {
        this.partitions = partitions;
        this.redis = redis;
        this.attempts = attempts;
        this.namespaces = namespaces;
        this.sweep = sweep;
    }

    public Outcome.Size count(Namespace namespace, Deadline deadline) {
        if (!namespaces.exists(namespace, deadline)) {
            return new Outcome.Size(false, 0);
        }
        byte[] name = namespace.qualifiedName().getBytes(StandardCharsets.UTF_8);
        long total = 0;
        List<Partition> open = partitions.all();
        while (!open.isEmpty()) {
            List<Long> counts = attempts.all(deadline, open, partition -> count(partition, namespace, name));
            List<Partition> unswept = new ArrayList<>();
            for (int i = 0; i < counts.size(); i++) {
                if (counts.get(i) == SWEEP_FIRST) {
                    unswept.add(open.get(i));
                } else {
                    total += counts.get(i);
                }
            }
            attempts.all(deadline, unswept, sweep::step);
            open = unswept;
            deadline.check();
        }
        return new Outcome.Size(true, total);
    }

    private CompletionStage<Long> count(Partition partition, Namespace namespace, byte[] name) {
        byte[][] keys = {partition.epoch(namespace), partition.index(namespace), partition.expiries()};
        return redis.run(SCRIPT, ScriptOutputType.INTEGER, keys, name);
    }
}
