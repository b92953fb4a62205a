package io.holdfast.storage.api.client;

import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.util.Iterator;
import java.util.List;

/// Which outcomes answer which operations, and which operations may be sent twice.
final class Answers {
    private Answers() {}

    /// Whether there is one outcome for each operation, of its kind or a failure.
    static boolean fit(List<Outcome> outcomes, List<? extends Operation<?>> operations) {
        if (outcomes.size() != operations.size()) {
            return false;
        }
        Iterator<Outcome> next = outcomes.iterator();
        return operations.stream().allMatch(operation -> fits(next.next(), operation));
    }

    private static boolean fits(Outcome outcome, Operation<?> operation) {
        if (outcome instanceof Outcome.Failed) {
            return true;
        }
        return switch (operation) {
            case Operation.Get _ -> outcome instanceof Outcome.Read;
            case Operation.Put _ -> outcome instanceof Outcome.Write;
            case Operation.Delete _ -> outcome instanceof Outcome.Removal;
            case Operation.Scan _ -> outcome instanceof Outcome.Page;
            case Operation.Count _ -> outcome instanceof Outcome.Size;
            case Operation.ListNamespaces _ -> outcome instanceof Outcome.Namespaces;
            case Operation.DropNamespace _ -> outcome instanceof Outcome.Dropped;
            case Operation.Once _ -> outcome instanceof Outcome.Once;
            case Operation.Recall _ -> outcome instanceof Outcome.Recollection;
            case Operation.Claim _ -> outcome instanceof Outcome.Claiming;
            case Operation.Verify _ -> outcome instanceof Outcome.Fate;
            case Operation.ListFailovers _ -> outcome instanceof Outcome.Failovers;
        };
    }

    static boolean repeatable(List<? extends Operation<?>> operations) {
        return operations.stream().allMatch(Answers::repeatable);
    }

    /// A write carries an id by which a storage service knows it again. A removal carries none: its
    /// repetition finds the record gone and is answered [Outcome.Absent], although it was this call
    /// that removed it. That is accepted, as the record is gone either way.
    private static boolean repeatable(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get _, Operation.Scan _, Operation.Count _, Operation.ListNamespaces _ -> true;
            case Operation.Put _, Operation.Delete _, Operation.DropNamespace _ -> true;
            case Operation.Once _, Operation.Recall _, Operation.Claim _ -> true;
            case Operation.Verify _, Operation.ListFailovers _ -> true;
        };
    }
}
