package io.holdfast.storage.listing;

import io.holdfast.storage.api.Operation;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Fetches keys from the index of one partition. Thread-safe.
final class KeyFetch {
    private static final Script SCRIPT = Script.load("page");
    private static final byte[] LOWEST = {'-'};
    private static final byte[] HIGHEST = {'+'};
    private static final byte BEHIND_ALL_UTF8 = (byte) 0xFF;

    private final Redis redis;

    KeyFetch(Redis redis) {
        this.redis = redis;
    }

    /// @param last the last key fetched before; null: where the scan begins
    CompletionStage<List<SortedKeys.Key>> keys(
            Partition partition, Operation.Scan scan, byte @Nullable [] last, int most) {
        return redis.<List<Object>>run(
                        SCRIPT,
                        ScriptOutputType.MULTI,
                        new byte[][] {partition.index(scan.namespace())},
                        lower(scan, last),
                        upper(scan),
                        utf8(Integer.toString(most)),
                        partition.record(scan.namespace(), ""))
                .thenApply(KeyFetch::keys);
    }

    private static byte[] lower(Operation.Scan scan, byte @Nullable [] last) {
        byte[] prefix = utf8(scan.prefix());
        byte[] behind = last != null || scan.after() == null ? last : utf8(scan.after());
        if (behind != null && Arrays.compareUnsigned(behind, prefix) >= 0) {
            return bound('(', behind);
        }
        return prefix.length == 0 ? LOWEST : bound('[', prefix);
    }

    private static byte[] upper(Operation.Scan scan) {
        if (scan.prefix().isEmpty()) {
            return HIGHEST;
        }
        byte[] prefix = utf8(scan.prefix());
        byte[] behind = Arrays.copyOf(prefix, prefix.length + 1);
        behind[prefix.length] = BEHIND_ALL_UTF8;
        return bound('(', behind);
    }

    private static byte[] bound(char kind, byte[] key) {
        byte[] bound = new byte[key.length + 1];
        bound[0] = (byte) kind;
        System.arraycopy(key, 0, bound, 1, key.length);
        return bound;
    }

    private static List<SortedKeys.Key> keys(List<Object> answer) {
        List<SortedKeys.Key> keys = new ArrayList<>(answer.size() / 2);
        for (int i = 0; i < answer.size(); i += 2) {
            keys.add(new SortedKeys.Key((byte[]) answer.get(i), (long) answer.get(i + 1)));
        }
        return keys;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
