package io.holdfast.storage.record;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.durability.Confirmed;
import io.holdfast.storage.durability.Levels;
import io.holdfast.storage.lineage.Acknowledgements;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempted;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.RedisFault;
import io.holdfast.storage.redis.Repeats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Executes reads and writes of records. Those of one namespace and partition travel as one command,
/// reads and writes in turn where they alternate, and all partitions are at work at once. Everything
/// is repeated while Redis changes over: reads change nothing, and writes know their own id. A write
/// counts as done when it has come as far as it asked for, or is answered as [Outcome.Unconfirmed].
/// Thread-safe.
public final class Records {
    /// How often a write may find its namespace unregistered: once when it is new, and then for drops
    /// that come in between.
    private static final int MOST_REGISTRATIONS = 4;

    private final Partitions partitions;
    private final Attempts attempts;
    private final Namespaces namespaces;
    private final Map<Kind, Reader> readers;
    private final Writes writes;
    private final Levels levels;
    private final OnceMetrics metrics;
    private final Acknowledgements acknowledgements;

    Records(
            Partitions partitions,
            Attempts attempts,
            Namespaces namespaces,
            Map<Kind, Reader> readers,
            Writes writes,
            Levels levels,
            OnceMetrics metrics,
            Acknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
        this.partitions = partitions;
        this.attempts = attempts;
        this.namespaces = namespaces;
        this.readers = readers;
        this.writes = writes;
        this.levels = levels;
        this.metrics = metrics;
    }

    /// @param operations gets, puts, deletes, and what is about one of them, by the position at which
    ///     their outcomes belong
    /// @param outcomes receives one outcome for each of them
    public void execute(Map<Integer, Operation<?>> operations, Outcome[] outcomes, Deadline deadline, Repeats repeats) {
        List<Group> open = groups(operations);
        while (!open.isEmpty()) {
            List<Attempted<Answer>> ends = attempts.each(deadline, repeats, open, group -> send(group, deadline));
            Map<Namespace, Confirmed<Long>> registered = new HashMap<>();
            for (int i = 0; i < open.size(); i++) {
                settle(open.get(i), ends.get(i), registered, outcomes, deadline);
            }
            open = open.stream().filter(group -> !group.finished()).toList();
        }
    }

    private List<Group> groups(Map<Integer, Operation<?>> operations) {
        record Place(Namespace namespace, Partition partition) {}
        Map<Place, Group> groups = new LinkedHashMap<>();
        operations.forEach((position, operation) -> {
            Place place = new Place(namespace(operation), partitions.of(key(operation)));
            groups.computeIfAbsent(place, p -> new Group(p.namespace(), p.partition()))
                    .add(operation, position);
        });
        return new ArrayList<>(groups.values());
    }

    private CompletionStage<Answer> send(Group group, Deadline deadline) {
        Reader reader = readers.get(group.kind());
        if (reader != null) {
            return reader.readAll(group.partition(), group.namespace(), group.run(), deadline)
                    .thenApply(outcomes -> new Answer.Applied(outcomes, Reached.MEMORY));
        }
        return writes.write(
                group.partition(),
                group.namespace(),
                group.epoch(),
                group.run(),
                strictest(group),
                deadline,
                group.listener());
    }

    private Durability strictest(Group group) {
        Durability strictest = Durability.MEMORY;
        for (Operation<?> operation : group.run()) {
            Durability level = level(operation);
            strictest = level.compareTo(strictest) > 0 ? level : strictest;
        }
        return strictest;
    }

    private Durability level(Operation<?> operation) {
        Durability asked = asked(operation);
        return asked == null ? levels.of(namespace(operation)) : asked;
    }

    private void settle(
            Group group,
            Attempted<Answer> end,
            Map<Namespace, Confirmed<Long>> registered,
            Outcome[] outcomes,
            Deadline deadline) {
        switch (end) {
            case Attempted.Done<Answer>(Answer.Applied applied) -> complete(group, applied, outcomes);
            case Attempted.Done<Answer>(Answer.Unregistered _)
            when group.onlyDeletes() ->
                group.complete(group.run().stream().map(Records::absent).toList(), outcomes);
            case Attempted.Done<Answer>(Answer.Unregistered _) -> register(group, registered, outcomes, deadline);
            case Attempted.Failed<Answer>(RedisFault fault) -> {
                Answer.Applied answered = group.answered();
                if (answered != null) {
                    complete(group, answered, outcomes);
                } else {
                    group.fail(new Outcome.Failed(fault.type(), fault.detail()), outcomes);
                }
            }
        }
    }

    private void complete(Group group, Answer.Applied applied, Outcome[] outcomes) {
        List<Operation<?>> run = group.run();
        Reached reached = applied.reached().weaker(group.mostReachable());
        List<Outcome> ends = new ArrayList<>(run.size());
        for (int i = 0; i < run.size(); i++) {
            Outcome outcome = group.firstOutcome(i, applied.outcomes().get(i));
            ends.add(group.reads() ? outcome : judged(run.get(i), outcome, reached));
        }
        if (!group.reads()) {
            metrics.count(ends);
            acknowledgements.note(ends);
        }
        group.complete(ends, outcomes);
    }

    /// What a write came to, seen with the level that it was to reach.
    private Outcome judged(Operation<?> write, Outcome outcome, Reached reached) {
        return switch (outcome) {
            case Outcome.Stored(long version, boolean created, Reached _, Origin origin) -> {
                Durability asked = level(write);
                yield reached.satisfies(asked)
                        ? new Outcome.Stored(version, created, reached, origin)
                        : new Outcome.Unconfirmed(version, asked, reached, origin);
            }
            case Outcome.Removed(long version, Reached _, Origin origin) -> {
                Durability asked = level(write);
                yield reached.satisfies(asked)
                        ? new Outcome.Removed(version, reached, origin)
                        : new Outcome.Unconfirmed(version, asked, reached, origin);
            }
            case Outcome.First(Outcome first) -> new Outcome.First(judged(write, first, reached));
            case Outcome.Repeated(Outcome first, String note) ->
                new Outcome.Repeated(judged(write, first, reached), note);
            default -> outcome;
        };
    }

    private void register(
            Group group, Map<Namespace, Confirmed<Long>> registered, Outcome[] outcomes, Deadline deadline) {
        if (group.registrations() == MOST_REGISTRATIONS) {
            group.fail(
                    new Outcome.Failed(
                            ProblemType.CONFLICT,
                            "'%s' is being deleted again and again while it is written to. Repeat the write later."
                                    .formatted(group.namespace().name())),
                    outcomes);
            return;
        }
        try {
            Durability level = strictest(group);
            group.registered(
                    level,
                    registered.computeIfAbsent(
                            group.namespace(), namespace -> namespaces.register(namespace, level, half(deadline))));
        } catch (ProblemException e) {
            group.fail(new Outcome.Failed(e.type(), e.detail()), outcomes);
        }
    }

    /// Where the directory is not confirmed in this time, the write itself is still tried.
    private static Deadline half(Deadline deadline) {
        return Deadline.in(deadline.remaining().dividedBy(2));
    }

    private static @Nullable Durability asked(Operation<?> operation) {
        return switch (operation) {
            case Operation.Put put -> put.durability();
            case Operation.Delete delete -> delete.durability();
            case Operation.Once once -> asked(once.write());
            case Operation.Get _,
                    Operation.Recall _,
                    Operation.Claim _,
                    Operation.Scan _,
                    Operation.Count _,
                    Operation.ListNamespaces _,
                    Operation.DropNamespace _,
                    Operation.Verify _,
                    Operation.ListFailovers _ -> null;
        };
    }

    private static Namespace namespace(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get get -> get.namespace();
            case Operation.Put put -> put.namespace();
            case Operation.Delete delete -> delete.namespace();
            case Operation.Once once -> namespace(once.write());
            case Operation.Recall recall -> recall.namespace();
            case Operation.Claim _, Operation.Verify _, Operation.ListFailovers _ -> throw notOfRecords(operation);
            case Operation.Scan _, Operation.Count _, Operation.ListNamespaces _, Operation.DropNamespace _ ->
                throw notOfRecords(operation);
        };
    }

    private static Outcome absent(Operation<?> delete) {
        return delete instanceof Operation.Once ? new Outcome.First(new Outcome.Absent()) : new Outcome.Absent();
    }

    static String key(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get get -> get.key();
            case Operation.Put put -> put.key();
            case Operation.Delete delete -> delete.key();
            case Operation.Once once -> key(once.write());
            case Operation.Recall recall -> recall.key();
            case Operation.Claim _, Operation.Verify _, Operation.ListFailovers _ -> throw notOfRecords(operation);
            case Operation.Scan _, Operation.Count _, Operation.ListNamespaces _, Operation.DropNamespace _ ->
                throw notOfRecords(operation);
        };
    }

    private static IllegalArgumentException notOfRecords(Operation<?> operation) {
        return new IllegalArgumentException(operation + " is not about one record");
    }
}
