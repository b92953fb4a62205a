package io.holdfast.storage.api;

import io.holdfast.contract.problem.ProblemException;
import java.util.List;

/// The storage tier, as its callers see it. Thread-safe. Calls block, which suits virtual threads,
/// and end by the [current deadline][io.holdfast.contract.request.Deadline#current()].
public interface RecordStore {
    /// The most operations that travel together.
    int MOST_OPERATIONS = 1_000;

    /// The most bytes of content that travel together, in either direction.
    int MOST_BYTES = 16 * 1024 * 1024;

    /// Executes one operation.
    ///
    /// @throws ProblemException where it failed
    <O extends Outcome> O execute(Operation<O> operation);

    /// Executes operations that do not depend on each other, in no particular order, except that operations on one
    /// key keep theirs. One that fails does not harm the others: its outcome is [Outcome.Failed].
    ///
    /// @param operations 1 to [#MOST_OPERATIONS], whose content and answers stay within [#MOST_BYTES]
    /// @return one outcome for each operation, in the order of the operations
    /// @throws ProblemException where the call as a whole failed
    List<Outcome> executeAll(List<? extends Operation<?>> operations);
}
