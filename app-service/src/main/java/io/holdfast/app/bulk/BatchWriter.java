package io.holdfast.app.bulk;

import io.holdfast.app.concurrency.Backoff;
import io.holdfast.app.durability.DurabilityHeader;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Writes batches, and once more what failed for reasons that pass. A write carries its operation
/// id through all attempts, so repeating one that had taken place after all does no harm.
/// Thread-safe.
final class BatchWriter {
    private static final Duration FIRST_WAIT = Duration.ofMillis(25);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final RecordStore store;
    private final RandomGenerator random;

    BatchWriter(RecordStore store, RandomGenerator random) {
        this.store = store;
        this.random = random;
    }

    /// Writes a batch until the current deadline.
    ///
    /// @return whether nothing failed for a reason that passes
    boolean write(Batch batch, Tally tally) {
        Deadline end = Deadline.current();
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        List<Batch.Entry> pending = batch.entries();
        while (true) {
            List<Outcome> outcomes = attempt(pending);
            List<Batch.Entry> again = new ArrayList<>();
            for (int i = 0; i < pending.size(); i++) {
                if (isRetriable(outcomes.get(i)) && !end.passed()) {
                    again.add(pending.get(i));
                } else {
                    count(pending.get(i), outcomes.get(i), tally);
                }
            }
            if (again.isEmpty()) {
                return outcomes.stream().noneMatch(BatchWriter::isRetriable);
            }
            pending = again;
            backoff.await();
        }
    }

    private List<Outcome> attempt(List<Batch.Entry> entries) {
        List<Operation.Put> puts = entries.stream().map(Batch.Entry::put).toList();
        try {
            return store.executeAll(puts);
        } catch (ProblemException e) {
            return Collections.nCopies(puts.size(), new Outcome.Failed(e.type(), e.detail()));
        }
    }

    private static boolean isRetriable(Outcome outcome) {
        return outcome instanceof Outcome.Failed(ProblemType type, String _) && type.retriable();
    }

    private static void count(Batch.Entry entry, Outcome outcome, Tally tally) {
        switch (outcome) {
            case Outcome.Stored stored -> tally.written(entry.lines().size(), stored.reached());
            case Outcome.Unconfirmed unconfirmed -> {
                tally.reached(unconfirmed.reached());
                ProblemException problem = DurabilityHeader.unconfirmed(unconfirmed);
                fail(entry, problem.type(), problem.detail(), tally);
            }
            // It holds for every line, so the whole request is refused.
            case Outcome.Failed(ProblemType type, String detail)
            when type == ProblemType.DURABILITY_UNAVAILABLE -> throw new ProblemException(type, detail);
            case Outcome.Failed(ProblemType type, String detail) -> fail(entry, type, detail, tally);
            default -> fail(entry, ProblemType.INTERNAL_ERROR, "The storage gave no answer to this write.", tally);
        }
    }

    private static void fail(Batch.Entry entry, ProblemType type, String detail, Tally tally) {
        entry.lines().forEach(line -> tally.failed(line, entry.put().key(), type, detail));
    }
}
