package io.holdfast.storage.api.client;

import io.holdfast.balancing.Failure;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.storage.api.Outcome;
import java.util.List;

/// What a reply means for the call.
sealed interface Verdict {
    record Done(List<Outcome> outcomes) implements Verdict {}

    /// Another attempt may do better.
    ///
    /// @param why for people, as the instance's state
    /// @param problem what the caller is told where no attempt is left
    record Retriable(Failure failure, String why, ProblemException problem) implements Verdict {}

    /// Every attempt would end like this.
    record Final(ProblemException problem) implements Verdict {}
}
