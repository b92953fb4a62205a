package io.holdfast.storage.api.client;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.Step;
import io.holdfast.balancing.Upstream;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.wire.OperationCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The record store over HTTP. Each call goes to one storage service, and on to another where the
/// first one fails, within the caller's deadline.
final class HttpRecordStore implements RecordStore {
    /// What a storage service takes at the end of a call's time to tell what it could not confirm, twice.
    private static final Duration LEAST_TO_CONFIRM = Duration.ofSeconds(1);

    private final Upstream storages;
    private final StorageConnection connection;
    private final CallMetrics metrics;
    private final ReplyReader replies = new ReplyReader();

    HttpRecordStore(Upstream storages, StorageConnection connection, CallMetrics metrics) {
        this.storages = storages;
        this.connection = connection;
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
        return metrics.time(() -> confirmed(operations, call(operations)));
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
                List<Outcome> again =
                        call(open.stream().<Operation<?>>map(operations::get).toList());
                for (int i = 0; i < open.size(); i++) {
                    outcomes.set(open.get(i), Confirmations.latest(outcomes.get(open.get(i)), again.get(i)));
                }
            } catch (ProblemException _) {
                break; // that it was applied is still true
            }
        }
        return outcomes;
    }

    private List<Outcome> call(List<? extends Operation<?>> operations) {
        Deadline deadline = Deadline.current();
        byte[] message = OperationCodec.encode(operations);
        Attempts attempts = storages.attempts(RequestKey.NONE, Answers.repeatable(operations), deadline.nanoTime());
        ProblemException problem = new ProblemException(
                ProblemType.STORAGE_UNAVAILABLE, "No storage service is known. Try again shortly.");
        boolean sent = false;
        while (true) {
            deadline.check();
            switch (attempts.next()) {
                case Step.Send(Attempt attempt) -> {
                    switch (ask(attempt, message, operations)) {
                        case Verdict.Done(List<Outcome> outcomes) -> {
                            return outcomes;
                        }
                        case Verdict.Final(ProblemException last) -> throw last;
                        case Verdict.Retriable retriable -> {
                            problem = retriable.problem();
                            sent = !retriable.failure().nothingSent();
                        }
                    }
                }
                case Step.Wait(Duration pause) -> sleep(pause, problem);
                case Step.GiveUp _ -> {
                    if (sent) {
                        deadline.check();
                    }
                    throw problem;
                }
            }
        }
    }

    private Verdict ask(Attempt attempt, byte[] message, List<? extends Operation<?>> operations) {
        try {
            Verdict verdict = replies.read(connection.send(attempt, message), operations);
            if (verdict instanceof Verdict.Retriable retriable) {
                attempt.failed(retriable.failure(), retriable.why());
            } else {
                attempt.succeeded();
            }
            return verdict;
        } finally {
            attempt.cancelled(); // has no effect after either of the above
        }
    }

    private static void sleep(Duration pause, ProblemException problem) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw problem;
        }
    }
}
