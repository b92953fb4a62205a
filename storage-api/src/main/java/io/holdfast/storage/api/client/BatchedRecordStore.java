package io.holdfast.storage.api.client;

import static io.holdfast.contract.problem.ProblemType.DEADLINE_EXCEEDED;
import static io.holdfast.contract.problem.ProblemType.OVERLOADED;
import static io.holdfast.contract.problem.ProblemType.STORAGE_UNAVAILABLE;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.netty.util.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets single operations of several requests travel together. One that fails for a passing reason, or that takes
/// longer than the others, is asked for again alone, with all the time its request has: it neither harms the others
/// nor is it worse off. Equal reads that travel together are one: what many ask for at once is read once.
///
/// A call carries the request id of the one that started it. A request whose trace is recorded has calls of its own.
/// Thread-safe.
final class BatchedRecordStore implements RecordStore {
    private static final Set<ProblemType> PASSING = Set.of(STORAGE_UNAVAILABLE, DEADLINE_EXCEEDED, OVERLOADED);

    private final RecordStore alone;
    private final Map<BatchKind, Batches> batches = new EnumMap<>(BatchKind.class);

    /// @param alone executes what does not travel together
    BatchedRecordStore(RecordStore alone, StorageCalls calls, Timer timer, StorageClientProperties limits) {
        this.alone = alone;
        Duration batchTime = limits.batchTime();
        if (limits.batchOperations() > 1) {
            for (BatchKind kind : BatchKind.values()) {
                batches.put(
                        kind,
                        new Batches(
                                operations -> calls.batch(operations, batchTime),
                                timer,
                                batchTime.plus(StorageCalls.ON_THE_WAY),
                                limits.batchCalls(),
                                limits.batchOperations(),
                                limits.maxWaiting(),
                                kind.onlyReads()));
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a batch gives outcomes of the operation's kind only
    public <O extends Outcome> O execute(Operation<O> operation) {
        BatchKind kind = BatchKind.of(operation);
        Batches together = kind == null ? null : batches.get(kind);
        Deadline deadline = Deadline.current();
        if (together == null || Span.current().getSpanContext().isSampled()) {
            return alone.execute(operation);
        }
        Outcome outcome = together.execute(operation, deadline);
        if (outcome == null || isPassing(outcome)) {
            deadline.check();
            return alone.execute(operation);
        }
        if (outcome instanceof Outcome.Failed(ProblemType type, String detail)) {
            throw new ProblemException(type, detail);
        }
        return (O) (Confirmations.mayBeAskedAgain(operation, outcome) ? confirmed(operation, outcome) : outcome);
    }

    /// How many operations wait for a call to end.
    int waiting() {
        return batches.values().stream().mapToInt(Batches::waiting).sum();
    }

    private static boolean isPassing(Outcome outcome) {
        return outcome instanceof Outcome.Failed(ProblemType type, String _) && PASSING.contains(type);
    }

    private Outcome confirmed(Operation<?> write, Outcome unconfirmed) {
        try {
            return Confirmations.latest(unconfirmed, alone.execute(write));
        } catch (ProblemException _) {
            return unconfirmed; // that it was applied is still true
        }
    }

    @Override
    public List<Outcome> executeAll(List<? extends Operation<?>> operations) {
        return alone.executeAll(operations);
    }
}
