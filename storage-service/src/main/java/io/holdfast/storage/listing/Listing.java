package io.holdfast.storage.listing;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.StoredRecord;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.record.Reads;
import io.holdfast.storage.redis.Attempts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Pages through a namespace in the order of the keys' bytes, by merging the sorted indexes of all
/// partitions.
///
/// Each page starts behind a key and ends with one, and every index lists exactly what its partition
/// holds: so what is there while all pages are read is on exactly one of them, whatever comes and goes
/// around it. The merge first takes keys, then reads the records of just those, so what it reads is
/// bounded by the number and the bytes a page may have. Thread-safe.
public final class Listing {
    /// The most bytes of records on a page, unless a single one is larger.
    static final long PAGE_BYTES = 4L * 1024 * 1024;

    private static final Comparator<SortedKeys> BY_NEXT_KEY =
            (a, b) -> Arrays.compareUnsigned(a.peek().bytes(), b.peek().bytes());

    private final Partitions partitions;
    private final KeyFetch fetch;
    private final Reads reads;
    private final Attempts attempts;

    Listing(Partitions partitions, KeyFetch fetch, Reads reads, Attempts attempts) {
        this.partitions = partitions;
        this.fetch = fetch;
        this.reads = reads;
        this.attempts = attempts;
    }

    public Outcome.Page page(Operation.Scan scan, Deadline deadline) {
        List<SortedKeys> sources =
                partitions.all().stream().map(SortedKeys::new).toList();
        int chunk = chunk(scan.limit());
        feed(sources, chunk, scan, deadline);
        List<String> keys = new ArrayList<>();
        PriorityQueue<SortedKeys> queue = new PriorityQueue<>(sources.size(), BY_NEXT_KEY);
        sources.stream().filter(source -> !source.isEmpty()).forEach(queue::add);
        long bytes = 0;
        while (keys.size() < scan.limit() && !queue.isEmpty()) {
            long next = queue.element().peek().recordBytes();
            if (!keys.isEmpty() && bytes + next > PAGE_BYTES) {
                break;
            }
            SortedKeys source = queue.remove();
            keys.add(source.take().text());
            bytes += next;
            if (source.hungry()) {
                feed(List.of(source), chunk, scan, deadline);
            }
            if (!source.isEmpty()) {
                queue.add(source);
            }
        }
        return new Outcome.Page(read(scan.namespace(), keys, deadline), queue.isEmpty() ? null : keys.getLast());
    }

    /// How many keys are fetched from a partition at a time: its share of the page and three standard
    /// deviations of a Poisson distribution with that mean, so that a second fetch is rare.
    private int chunk(int limit) {
        double share = (double) limit / partitions.all().size();
        return Math.min(limit, (int) Math.ceil(share + 3 * Math.sqrt(share))) + 1;
    }

    private void feed(List<SortedKeys> sources, int chunk, Operation.Scan scan, Deadline deadline) {
        List<List<SortedKeys.Key>> fetched =
                attempts.all(deadline, sources, source -> fetch.keys(source.partition(), scan, source.last(), chunk));
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).fetched(fetched.get(i), chunk);
        }
    }

    private List<StoredRecord> read(Namespace namespace, List<String> keys, Deadline deadline) {
        Map<Partition, List<String>> byPartition = new LinkedHashMap<>();
        keys.forEach(key -> byPartition
                .computeIfAbsent(partitions.of(key), _ -> new ArrayList<>())
                .add(key));
        List<List<Outcome.Read>> answers = attempts.all(
                deadline,
                List.copyOf(byPartition.entrySet()),
                group -> reads.read(group.getKey(), namespace, group.getValue()));
        Map<String, StoredRecord> found = new HashMap<>();
        answers.forEach(answer -> answer.forEach(outcome -> {
            if (outcome instanceof Outcome.Found(StoredRecord stored)) {
                found.put(stored.key(), stored);
            }
        }));
        return inOrder(keys, found);
    }

    /// The records in the order of the keys; those that went away meanwhile are left out.
    private static List<StoredRecord> inOrder(List<String> keys, Map<String, StoredRecord> found) {
        List<StoredRecord> records = new ArrayList<>(found.size());
        for (String key : keys) {
            @Nullable StoredRecord stored = found.get(key);
            if (stored != null) {
                records.add(stored);
            }
        }
        return records;
    }
}
