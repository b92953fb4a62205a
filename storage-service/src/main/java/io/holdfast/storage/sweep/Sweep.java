package io.holdfast.storage.sweep;

import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Sweeps one partition with one script: expired records leave the index, and what dropped namespaces
/// left is deleted. Each step is bounded, so that no primary is held up. Thread-safe; several services
/// may sweep the same partition.
public final class Sweep {
    private static final Script SCRIPT = Script.load("sweep");

    private final Redis redis;
    private final SweepProperties properties;

    Sweep(Redis redis, SweepProperties properties) {
        this.redis = redis;
        this.properties = properties;
    }

    /// @param more whether a further step has something to do at once
    /// @param records how many records were taken out
    /// @param drops the drops under way among this partition's part of the directory, each with its epoch
    public record Step(boolean more, long records, Map<Namespace, Long> drops) {}

    public CompletionStage<Step> step(Partition partition) {
        byte[][] keys = {partition.expiries(), partition.swept(), partition.drops()};
        byte[] most = Integer.toString(properties.recordsPerStep()).getBytes(StandardCharsets.US_ASCII);
        return redis.<List<Object>>run(
                        SCRIPT, ScriptOutputType.MULTI, keys, most, partition.recordPrefix(), partition.indexPrefix())
                .thenApply(Sweep::step);
    }

    private static Step step(List<Object> answer) {
        Map<Namespace, Long> drops = new HashMap<>();
        for (int i = 2; i < answer.size(); i += 2) {
            drops.put(Namespace.parse(text(answer.get(i))), Long.valueOf(text(answer.get(i + 1))));
        }
        return new Step((long) answer.get(0) == 1, (long) answer.get(1), drops);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
