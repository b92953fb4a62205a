package io.holdfast.storage.partition;

import io.holdfast.storage.api.Namespace;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.CRC16;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// All partitions, spread evenly over the 16,384 slots of a Redis Cluster: partition `i` of `n` has
/// its slot in the middle of the `i`-th of `n` equal shares. Primaries own contiguous ranges of slots
/// of about equal size, so each gets its share of partitions whatever their number.
///
/// A record belongs to the partition that its key's CRC16 points to, the function by which Redis
/// Cluster itself spreads keys. Immutable.
public final class Partitions {
    private static final int CHECKSUMS = 1 << 16;

    private final List<Partition> partitions;

    public Partitions(int count) {
        Map<Integer, String> tags = tags(count);
        List<Partition> all = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            all.add(new Partition(number, Objects.requireNonNull(tags.get(middle(number, count)))));
        }
        this.partitions = List.copyOf(all);
    }

    /// A hash tag for each wanted slot: the smallest number, in base 36, that hashes there.
    private static Map<Integer, String> tags(int count) {
        Map<Integer, String> tags = new HashMap<>();
        for (int number = 0; number < count; number++) {
            tags.put(middle(number, count), "");
        }
        int missing = tags.size();
        for (int candidate = 0; missing > 0; candidate++) {
            String tag = Integer.toString(candidate, Character.MAX_RADIX);
            int slot = SlotHash.getSlot(tag);
            if ("".equals(tags.get(slot))) {
                tags.put(slot, tag);
                missing--;
            }
        }
        return tags;
    }

    private static int middle(int number, int count) {
        return (2 * number + 1) * SlotHash.SLOT_COUNT / (2 * count);
    }

    public List<Partition> all() {
        return partitions;
    }

    /// The partition of a record.
    public Partition of(String key) {
        return of(key.getBytes(StandardCharsets.UTF_8));
    }

    /// The partition whose directory names a namespace.
    public Partition directoryOf(Namespace namespace) {
        return of(namespace.qualifiedName());
    }

    private Partition of(byte[] key) {
        int checksum = CRC16.crc16(key) & (CHECKSUMS - 1);
        return partitions.get((int) ((long) checksum * partitions.size() / CHECKSUMS));
    }
}
