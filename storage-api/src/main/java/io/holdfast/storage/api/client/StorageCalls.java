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
import io.holdfast.storage.api.wire.OperationCodec;
import java.time.Duration;
import java.util.List;

/// Calls of the storage services. Each goes to one of them, and on to another where the first one fails. Thread-safe.
final class StorageCalls {
    /// What a batch may take on its way, besides the time that the storage service has for it.
    static final Duration ON_THE_WAY = Duration.ofMillis(500);

    private final Upstream storages;
    private final StorageConnection connection;
    private final CallMetrics metrics;
    private final ReplyReader replies = new ReplyReader();

    StorageCalls(Upstream storages, StorageConnection connection, CallMetrics metrics) {
        this.storages = storages;
        this.connection = connection;
        this.metrics = metrics;
    }

    /// Operations of one request, within its deadline.
    ///
    /// @throws ProblemException where no storage service could answer
    List<Outcome> request(List<? extends Operation<?>> operations) {
        return call(operations, Deadline.current(), StorageConnection.Kind.REQUEST);
    }

    /// Operations of several requests. What cannot be done at once is answered as failed instead of being repeated,
    /// so that nobody waits for what another one asked.
    ///
    /// @param time that a storage service has for it
    /// @throws ProblemException where no storage service could answer
    List<Outcome> batch(List<? extends Operation<?>> operations, Duration time) {
        return metrics.time(
                operations.size(),
                () -> call(operations, Deadline.in(time.plus(ON_THE_WAY)), new StorageConnection.Kind(true, time)));
    }

    private List<Outcome> call(
            List<? extends Operation<?>> operations, Deadline deadline, StorageConnection.Kind kind) {
        byte[] message = OperationCodec.encode(operations);
        Attempts attempts = storages.attempts(RequestKey.NONE, Answers.repeatable(operations), deadline.nanoTime());
        ProblemException problem = new ProblemException(
                ProblemType.STORAGE_UNAVAILABLE, "No storage service is known. Try again shortly.");
        boolean sent = false;
        while (true) {
            deadline.check();
            switch (attempts.next()) {
                case Step.Send(Attempt attempt) -> {
                    switch (ask(attempt, kind, message, operations)) {
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

    private Verdict ask(
            Attempt attempt, StorageConnection.Kind kind, byte[] message, List<? extends Operation<?>> operations) {
        try {
            Verdict verdict = replies.read(connection.send(attempt, kind, message), operations);
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
