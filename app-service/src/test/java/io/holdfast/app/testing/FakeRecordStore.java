package io.holdfast.app.testing;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A storage in memory that keeps the contract of [RecordStore]: versions that only grow,
/// preconditions, expiry, scans in the order of UTF-8 bytes. Tests can put an interceptor before
/// it. Thread-safe.
public final class FakeRecordStore implements RecordStore {
    private static final Comparator<String> BY_UTF8 =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final Clock clock;
    private final Map<String, NavigableMap<String, StoredRecord>> namespaces = new TreeMap<>();
    private final Map<String, Outcome.Stored> operations = new TreeMap<>();
    private final FakeKeys keys; // guarded by this
    private final ConcurrentLinkedQueue<Operation<?>> executed = new ConcurrentLinkedQueue<>();
    private long lastVersion;
    private boolean anyExpires;
    private int mostOfAPage = Integer.MAX_VALUE;
    private volatile Function<Operation<?>, @Nullable Outcome> interceptor = _ -> null;

    public FakeRecordStore(Clock clock) {
        this.clock = clock;
        keys = new FakeKeys(clock);
    }

    /// Answers an operation in the store's place where it gives an outcome, and may throw or do
    /// something first.
    public void intercept(Function<Operation<?>, @Nullable Outcome> interceptor) {
        this.interceptor = interceptor;
    }

    /// The most records of a page, whatever is asked.
    public synchronized void limitPages(int most) {
        mostOfAPage = most;
    }

    /// What was asked since the last reset.
    public List<Operation<?>> executed() {
        return List.copyOf(executed);
    }

    public synchronized void reset() {
        namespaces.clear();
        operations.clear();
        keys.clear();
        executed.clear();
        anyExpires = false;
        mostOfAPage = Integer.MAX_VALUE;
        interceptor = _ -> null;
    }

    public synchronized @Nullable StoredRecord stored(String collection, String id) {
        NavigableMap<String, StoredRecord> records = namespaces.get("documents:" + collection);
        return records == null ? null : records.get(id);
    }

    public @Nullable String text(String collection, String id) {
        StoredRecord stored = stored(collection, id);
        return stored == null ? null : new String(stored.content().bytes(), StandardCharsets.UTF_8);
    }

    public synchronized int count(String collection) {
        NavigableMap<String, StoredRecord> records = namespaces.get("documents:" + collection);
        return records == null ? 0 : records.size();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <O extends Outcome> O execute(Operation<O> operation) {
        Outcome outcome = outcome(operation);
        if (outcome instanceof Outcome.Failed failed) {
            throw new ProblemException(failed.type(), failed.detail());
        }
        return (O) outcome;
    }

    @Override
    public List<Outcome> executeAll(List<? extends Operation<?>> operations) {
        if (operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
            throw new IllegalArgumentException(operations.size() + " operations");
        }
        return operations.stream().map(this::outcome).toList();
    }

    private Outcome outcome(Operation<?> operation) {
        executed.add(operation);
        Outcome instead = interceptor.apply(operation);
        return instead != null ? instead : apply(operation);
    }

    /// Executes an operation past the interceptor.
    public synchronized Outcome apply(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get(Namespace namespace, String key, var _) -> {
                StoredRecord stored = live(namespace).get(key);
                yield stored == null ? new Outcome.Absent() : new Outcome.Found(stored);
            }
            case Operation.Put put -> put(put);
            case Operation.Delete(Namespace namespace, String key, Precondition precondition, var _) -> {
                StoredRecord current = live(namespace).get(key);
                if (current == null) {
                    yield new Outcome.Absent();
                }
                if (!holds(precondition, current)) {
                    yield new Outcome.Conflict(current.version());
                }
                live(namespace).remove(key);
                yield new Outcome.Removed(++lastVersion);
            }
            case Operation.Scan scan -> scan(scan);
            case Operation.Count(Namespace namespace) ->
                new Outcome.Size(
                        namespaces.containsKey(namespace.qualifiedName()),
                        live(namespace).size());
            case Operation.ListNamespaces(String kind) ->
                new Outcome.Namespaces(namespaces.keySet().stream()
                        .map(Namespace::parse)
                        .filter(namespace -> namespace.kind().equals(kind))
                        .map(Namespace::name)
                        .sorted()
                        .toList());
            case Operation.DropNamespace(Namespace namespace) ->
                new Outcome.Dropped(namespaces.remove(namespace.qualifiedName()) != null);
            case Operation.Once(Operation<?> write, IdempotencyKey key) -> once(write, key);
            case Operation.Recall(Namespace _, String record, IdempotencyKey key) -> {
                Outcome.Once kept = keys.kept(record, key);
                yield kept == null ? new Outcome.Absent() : kept;
            }
            case Operation.Claim claim -> keys.claim(claim);
            case Operation.Verify _ -> new Outcome.Fate(Outcome.Fate.State.UNKNOWN, "nothing is verified here");
            case Operation.ListFailovers _ -> new Outcome.Failovers(List.of());
        };
    }

    private Outcome once(Operation<?> write, IdempotencyKey key) {
        String record =
                switch (write) {
                    case Operation.Put put -> put.key();
                    case Operation.Delete delete -> delete.key();
                    case Operation.DropNamespace(Namespace namespace) -> namespace.qualifiedName();
                    default -> throw new IllegalArgumentException(write + " cannot take place once");
                };
        Outcome.Once kept = keys.kept(record, key);
        if (kept != null) {
            return kept;
        }
        executed.add(write);
        Outcome instead = interceptor.apply(write);
        Outcome outcome = instead != null ? instead : apply(write);
        if (outcome instanceof Outcome.Stored
                || outcome instanceof Outcome.Removed
                || outcome.equals(new Outcome.Dropped(true))) {
            keys.keep(record, key, outcome);
        }
        return outcome instanceof Outcome.Failed ? outcome : new Outcome.First(outcome);
    }

    /// Ends all leases, as time does.
    public synchronized void endLeases() {
        keys.endLeases();
    }

    /// Forgets all claims, as a failover may.
    public synchronized void loseClaims() {
        keys.loseClaims();
    }

    private Outcome put(Operation.Put put) {
        String operation = put.namespace().qualifiedName() + ' ' + put.key() + ' ' + put.operationId();
        StoredRecord current = live(put.namespace()).get(put.key());
        Outcome.Stored before = operations.get(operation);
        if (before != null && current != null && current.version() == before.version()) {
            return before; // known until the next write
        }
        if (!holds(put.precondition(), current)) {
            return new Outcome.Conflict(current == null ? Outcome.Conflict.ABSENT : current.version());
        }
        Duration timeToLive = put.timeToLive();
        long expiry = timeToLive == null ? StoredRecord.NEVER : clock.millis() + timeToLive.toMillis();
        anyExpires |= timeToLive != null;
        Content content = put.content();
        StoredRecord stored = new StoredRecord(put.key(), ++lastVersion, expiry, content);
        namespaces
                .computeIfAbsent(put.namespace().qualifiedName(), _ -> new TreeMap<>(BY_UTF8))
                .put(put.key(), stored);
        Outcome.Stored outcome = new Outcome.Stored(stored.version(), current == null);
        operations.put(operation, outcome);
        return outcome;
    }

    private static boolean holds(Precondition precondition, @Nullable StoredRecord current) {
        return switch (precondition) {
            case Precondition.None _ -> true;
            case Precondition.Absent _ -> current == null;
            case Precondition.Present _ -> current != null;
            case Precondition.Version(long version) -> current != null && current.version() == version;
        };
    }

    private Outcome scan(Operation.Scan scan) {
        NavigableMap<String, StoredRecord> records = live(scan.namespace());
        String after = scan.after();
        Stream<StoredRecord> behind = (after == null ? records : records.tailMap(after, false)).values().stream();
        int limit = Math.min(scan.limit(), mostOfAPage);
        List<StoredRecord> page =
                new ArrayList<>(behind.filter(stored -> stored.key().startsWith(scan.prefix()))
                        .limit(limit + 1L)
                        .toList());
        if (page.size() <= limit) {
            return new Outcome.Page(page, null);
        }
        page.removeLast();
        return new Outcome.Page(List.copyOf(page), page.getLast().key());
    }

    private NavigableMap<String, StoredRecord> live(Namespace namespace) {
        NavigableMap<String, StoredRecord> records = namespaces.get(namespace.qualifiedName());
        if (records == null) {
            return new TreeMap<>(BY_UTF8);
        }
        if (!anyExpires) {
            return records;
        }
        long now = clock.millis();
        records.values()
                .removeIf(stored -> stored.expiresAtMillis() != StoredRecord.NEVER && stored.expiresAtMillis() <= now);
        return records;
    }
}
