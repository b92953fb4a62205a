package io.holdfast.storage.record;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.durability.Confirmed;
import io.holdfast.storage.partition.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The operations of a call on one namespace and partition, in order. They travel in runs of one
/// kind each, one run after the other. For one thread.
final class Group {
    /// The most operations of one run, so that no script holds its primary up for long.
    private static final int LONGEST_RUN = 256;

    private final Namespace namespace;
    private final Partition partition;
    private final List<Operation<?>> operations = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private int done;
    private long epoch;
    private int registrations;
    private @Nullable Reached directory;
    private AtomicReference<Answer.@Nullable Applied> answered = new AtomicReference<>();

    Group(Namespace namespace, Partition partition) {
        this.namespace = namespace;
        this.partition = partition;
    }

    Namespace namespace() {
        return namespace;
    }

    Partition partition() {
        return partition;
    }

    /// @param position where the outcome belongs
    void add(Operation<?> operation, int position) {
        operations.add(operation);
        positions.add(position);
    }

    boolean finished() {
        return done == operations.size();
    }

    /// How the run is executed.
    Kind kind() {
        return Kind.of(operations.get(done));
    }

    boolean reads() {
        return kind() != Kind.WRITE;
    }

    /// The operations to be sent next.
    List<Operation<?>> run() {
        int end = done + 1;
        while (end < operations.size() && end - done < LONGEST_RUN && Kind.of(operations.get(end)) == kind()) {
            end++;
        }
        return operations.subList(done, end);
    }

    /// Whether the run creates nothing.
    boolean onlyDeletes() {
        return run().stream().allMatch(Group::deletes);
    }

    private static boolean deletes(Operation<?> operation) {
        return operation instanceof Operation.Delete
                || (operation instanceof Operation.Once once && once.write() instanceof Operation.Delete);
    }

    /// Takes the outcomes of the run.
    void complete(List<? extends Outcome> outcomes, Outcome[] all) {
        for (Outcome outcome : outcomes) {
            all[positions.get(done)] = outcome;
            done++;
        }
        answered = new AtomicReference<>();
    }

    /// Takes what the primary answers to the run. Only the first answer counts: the write it tells of may
    /// be repeated because its connection was lost, and a repeated removal finds nothing. An answer that
    /// comes when the run is over belongs to nobody.
    Consumer<Answer> listener() {
        AtomicReference<Answer.@Nullable Applied> ofThisRun = answered;
        return answer -> {
            if (answer instanceof Answer.Applied applied) {
                ofThisRun.compareAndSet(null, applied);
            }
        };
    }

    /// What the primary answered to the run although it could not be completed, or null.
    Answer.@Nullable Applied answered() {
        return answered.get();
    }

    /// Of an operation of the run, its outcome after all repetitions: that of the first, where the last one
    /// only found that it had taken place.
    Outcome firstOutcome(int index, Outcome last) {
        Answer.Applied applied = answered.get();
        if (applied == null) {
            return last;
        }
        Outcome first = applied.outcomes().get(index);
        boolean repeats = (last instanceof Outcome.Absent && first instanceof Outcome.Removed)
                || (last instanceof Outcome.Repeated && first instanceof Outcome.First);
        return repeats ? first : last;
    }

    /// Ends the run with the same outcome for each of its operations.
    void fail(Outcome.Failed failure, Outcome[] all) {
        for (int end = done + run().size(); done < end; done++) {
            all[positions.get(done)] = failure;
        }
        answered = new AtomicReference<>();
    }

    /// The epoch the namespace was registered with on behalf of this group, or 0.
    long epoch() {
        return epoch;
    }

    int registrations() {
        return registrations;
    }

    void registered(Durability wanted, Confirmed<Long> registration) {
        epoch = registration.answer();
        registrations++;
        directory = registration.reached().satisfies(wanted) ? null : registration.reached();
    }

    /// Records are found through the directory, so they have come no further than it has.
    Reached mostReachable() {
        return directory == null ? new Reached(Durability.DISK, Integer.MAX_VALUE) : directory;
    }
}
