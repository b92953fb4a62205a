package io.holdfast.storage.listing;

import io.holdfast.storage.partition.Partition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of one partition that a merge has fetched and not yet taken, in the order of their bytes.
/// For one thread.
final class SortedKeys {
    /// A key and the size of its record.
    @SuppressWarnings("ArrayRecordComponent")
    record Key(byte[] bytes, long recordBytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private final Partition partition;
    private final ArrayDeque<Key> ahead = new ArrayDeque<>();
    private byte @Nullable [] last;
    private boolean exhausted;

    SortedKeys(Partition partition) {
        this.partition = partition;
    }

    Partition partition() {
        return partition;
    }

    /// The last key that was fetched, where the next fetch goes on; null before the first.
    byte @Nullable [] last() {
        return last;
    }

    /// Takes in what a fetch of up to `asked` keys brought.
    void fetched(List<Key> keys, int asked) {
        ahead.addAll(keys);
        exhausted = keys.size() < asked;
        if (!keys.isEmpty()) {
            last = keys.getLast().bytes();
        }
    }

    /// Whether the next key is not known, though there may be one.
    boolean hungry() {
        return ahead.isEmpty() && !exhausted;
    }

    boolean isEmpty() {
        return ahead.isEmpty();
    }

    Key peek() {
        return ahead.element();
    }

    Key take() {
        return ahead.remove();
    }
}
