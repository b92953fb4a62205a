package io.holdfast.storage.api.client;

import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Operation;
import org.jspecify.annotations.Nullable;

/// Which operations travel together: those that take about as long as each other. Only such are among them as may be
/// asked for again alone.
enum BatchKind {
    READ,
    /// Reads that replicas confirm.
    CONFIRMED_READ,
    MEMORY_WRITE,
    /// Writes that wait for replicas or disks, as far as they say so or are configured to.
    DURABLE_WRITE;

    /// Content beyond this is work enough for a call of its own.
    private static final int MOST_CONTENT_BYTES = 64 * 1024;

    /// @return null for what travels alone
    static @Nullable BatchKind of(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get get -> get.consistency() instanceof Consistency.Linearizable ? CONFIRMED_READ : READ;
            case Operation.Recall _ -> READ;
            case Operation.Put put -> of(put);
            case Operation.Once(Operation.Put put, var _) -> of(put);
            case Operation.Once(Operation.Delete delete, var _) -> of(delete.durability());
            case Operation.Once _,
                    Operation.Delete _,
                    Operation.Scan _,
                    Operation.Count _,
                    Operation.ListNamespaces _,
                    Operation.DropNamespace _,
                    Operation.Claim _,
                    Operation.Verify _,
                    Operation.ListFailovers _ -> null;
        };
    }

    boolean onlyReads() {
        return this == READ || this == CONFIRMED_READ;
    }

    private static @Nullable BatchKind of(Operation.Put put) {
        return put.content().bytes().length > MOST_CONTENT_BYTES ? null : of(put.durability());
    }

    private static BatchKind of(@Nullable Durability durability) {
        return durability == Durability.MEMORY ? MEMORY_WRITE : DURABLE_WRITE;
    }
}
