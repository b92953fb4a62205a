package io.holdfast.storage.record;

import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Operation;

/// How an operation is executed. Only those of one kind travel together.
enum Kind {
    WRITE,
    /// By the primary.
    READ,
    /// By the primary, and its replicas confirm that it is theirs.
    CONFIRMED_READ,
    /// By a replica that is far enough.
    REPLICA_READ;

    static Kind of(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get get ->
                switch (get.consistency()) {
                    case Consistency.Strong _ -> READ;
                    case Consistency.Linearizable _ -> CONFIRMED_READ;
                    case Consistency.Eventual _ -> REPLICA_READ;
                };
            case Operation.Recall _ -> READ;
            default -> WRITE;
        };
    }
}
