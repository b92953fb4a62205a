package io.holdfast.storage.record;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.partition.Partition;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Reads records of one partition. Thread-safe.
interface Reader {
    /// @param operations gets and recalls
    CompletionStage<List<Outcome>> readAll(
            Partition partition, Namespace namespace, List<Operation<?>> operations, Deadline deadline);
}
