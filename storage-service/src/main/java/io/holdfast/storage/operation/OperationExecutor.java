package io.holdfast.storage.operation;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.claim.Claims;
import io.holdfast.storage.layout.Layout;
import io.holdfast.storage.lineage.Failovers;
import io.holdfast.storage.lineage.Verification;
import io.holdfast.storage.listing.Count;
import io.holdfast.storage.listing.Listing;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.record.Records;
import io.holdfast.storage.redis.Repeats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Executes the operations of one call: those on records together, the others one after the other.
/// Thread-safe.
final class OperationExecutor {
    private final OperationCheck check;
    private final Layout layout;
    private final Records records;
    private final Listing listing;
    private final Count count;
    private final Namespaces namespaces;
    private final Claims claims;
    private final Verification verification;
    private final Failovers failovers;

    OperationExecutor(
            OperationCheck check,
            Layout layout,
            Records records,
            Listing listing,
            Count count,
            Namespaces namespaces,
            Claims claims,
            Verification verification,
            Failovers failovers) {
        this.verification = verification;
        this.failovers = failovers;
        this.check = check;
        this.layout = layout;
        this.records = records;
        this.listing = listing;
        this.count = count;
        this.namespaces = namespaces;
        this.claims = claims;
    }

    /// @param repeats of operations on records
    /// @return one outcome for each operation, in their order
    List<Outcome> execute(List<Operation<?>> operations, Deadline deadline, Repeats repeats) {
        layout.verify(deadline);
        Outcome[] outcomes = new Outcome[operations.size()];
        Map<Integer, Operation<?>> onRecords = new LinkedHashMap<>();
        Map<Integer, Operation.Verify> toVerify = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            Operation<?> operation = operations.get(i);
            Outcome.Failed fault = check.fault(operation);
            if (fault != null) {
                outcomes[i] = fault;
                continue;
            }
            switch (operation) {
                case Operation.Once(Operation.DropNamespace(Namespace namespace), IdempotencyKey key) ->
                    outcomes[i] = outcome(() -> namespaces.dropOnce(namespace, key, deadline));
                case Operation.Get _, Operation.Put _, Operation.Delete _, Operation.Once _, Operation.Recall _ ->
                    onRecords.put(i, operation);
                case Operation.Claim claim -> outcomes[i] = outcome(() -> claims.claim(claim, deadline));
                case Operation.Scan scan -> outcomes[i] = outcome(() -> listing.page(scan, deadline));
                case Operation.Count(Namespace namespace) ->
                    outcomes[i] = outcome(() -> count.count(namespace, deadline));
                case Operation.ListNamespaces(String kind) ->
                    outcomes[i] = outcome(() -> new Outcome.Namespaces(namespaces.list(kind, deadline)));
                case Operation.Verify verify -> toVerify.put(i, verify);
                case Operation.ListFailovers(int limit) ->
                    outcomes[i] = outcome(() -> new Outcome.Failovers(failovers.list(limit, deadline)));
                case Operation.DropNamespace(Namespace namespace) ->
                    outcomes[i] = outcome(() -> new Outcome.Dropped(namespaces.drop(namespace, deadline)));
            }
        }
        verification.verify(toVerify, outcomes, deadline);
        records.execute(onRecords, outcomes, deadline, repeats);
        return List.of(outcomes);
    }

    private static Outcome outcome(Supplier<? extends Outcome> operation) {
        try {
            return operation.get();
        } catch (ProblemException e) {
            return new Outcome.Failed(e.type(), e.detail());
        }
    }
}
