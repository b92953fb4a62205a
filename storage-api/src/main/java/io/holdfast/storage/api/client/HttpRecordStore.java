package io.holdfast.storage.api.client;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The record store over HTTP: each use is a call of its own, within the caller's deadline.
final class HttpRecordStore implements RecordStore {
    /// What a storage service takes at the end of a call's time to tell what it could not confirm, twice.
    private static final Duration LEAST_TO_CONFIRM = Duration.ofSeconds(1);

    private final StorageCalls calls;
    private final CallMetrics metrics;

    HttpRecordStore(StorageCalls calls, CallMetrics metrics) {
        this.calls = calls;
        this.metrics = metrics;
    }

    @Override
    @SuppressWarnings("unchecked") // the reader lets only outcomes of the operation's kind pass
    public <O extends Outcome> O execute(Operation<O> operation) {
        Outcome outcome = executeAll(List.of(operation)).getFirst();
        if (outcome instanceof Outcome.Failed(ProblemType type, String detail)) {
            throw new ProblemException(type, detail);
        }
        return (O) outcome;
    }

    @Override
    public List<Outcome> executeAll(List<? extends Operation<?>> operations) {
        if (operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
            throw new IllegalArgumentException(
                    "%d operations in one call; 1 to %d are possible".formatted(operations.size(), MOST_OPERATIONS));
        }
        return metrics.time(operations.size(), () -> confirmed(operations, calls.request(operations)));
    }

    /// An attempt's time is a part of the request's: what the storage could not confirm in it is asked for
    /// once more, with the ids and keys by which it knows the writes again. A removal without a key has none.
    private List<Outcome> confirmed(List<? extends Operation<?>> operations, List<Outcome> first) {
        List<Outcome> outcomes = new ArrayList<>(first);
        while (Deadline.current().remaining().compareTo(LEAST_TO_CONFIRM) > 0) {
            List<Integer> open = IntStream.range(0, outcomes.size())
                    .filter(i -> Confirmations.mayBeAskedAgain(operations.get(i), outcomes.get(i)))
                    .boxed()
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            try {
                List<Outcome> again = calls.request(
                        open.stream().<Operation<?>>map(operations::get).toList());
                for (int i = 0; i < open.size(); i++) {
                    outcomes.set(open.get(i), Confirmations.latest(outcomes.get(open.get(i)), again.get(i)));
                }
            } catch (ProblemException _) {
                break; // that it was applied is still true
            }
        }
        return outcomes;
    }
}
