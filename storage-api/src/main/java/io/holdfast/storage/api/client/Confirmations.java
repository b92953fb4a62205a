package io.holdfast.storage.api.client;

import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;

/// What is to be asked again because it was applied and not confirmed, and what counts then.
final class Confirmations {
    private Confirmations() {}

    /// Whether a write is not confirmed, and is known again when it is sent once more.
    static boolean mayBeAskedAgain(Operation<?> operation, Outcome outcome) {
        boolean knownAgain = operation instanceof Operation.Put || operation instanceof Operation.Once;
        return knownAgain && write(outcome) instanceof Outcome.Unconfirmed;
    }

    /// Of two answers to a write the one to go by: the later one, unless it is not about the same write.
    /// What came for the first time in this call stays a first time.
    static Outcome latest(Outcome before, Outcome again) {
        if (before instanceof Outcome.First && again instanceof Outcome.Repeated(Outcome outcome, String _)) {
            return new Outcome.First(outcome);
        }
        if (again instanceof Outcome.Repeated) {
            return again;
        }
        boolean applied = again instanceof Outcome.Stored || again instanceof Outcome.Unconfirmed;
        return applied ? again : before;
    }

    private static Outcome write(Outcome outcome) {
        return switch (outcome) {
            case Outcome.First(Outcome first) -> first;
            case Outcome.Repeated(Outcome first, String _) -> first;
            default -> outcome;
        };
    }
}
