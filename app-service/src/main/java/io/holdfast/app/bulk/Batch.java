package io.holdfast.app.bulk;

import io.holdfast.storage.api.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes that travel together, one for each id: where a later line has the same id, its document
/// takes the place of the earlier one, which nobody could have seen. Not thread-safe while it is
/// filled.
final class Batch {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    /// A write, and the lines that ask for it.
    record Entry(List<Long> lines, Operation.Put put) {
        int size() {
            return put.content().bytes().length;
        }
    }

    void add(long line, Operation.Put put) {
        Entry earlier = entries.get(put.key());
        List<Long> lines = earlier == null ? new ArrayList<>(1) : earlier.lines();
        lines.add(line);
        Entry entry = new Entry(lines, put);
        entries.put(put.key(), entry);
        bytes += entry.size() - (earlier == null ? 0 : earlier.size());
    }

    boolean has(String id) {
        return entries.containsKey(id);
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }
}
