package io.holdfast.app.resource;

import io.holdfast.app.condition.Conditions;
import io.holdfast.app.durability.DurabilityHeader;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import org.jspecify.annotations.Nullable;

/// Reads and writes single documents under HTTP's conditions. A condition that the storage cannot
/// check by itself, such as a list of entity tags, is checked on what was read, and the write then
/// depends on exactly that version; if another write came between, it begins anew. Thread-safe.
final class DocumentStore {
    private final RecordStore records;

    DocumentStore(RecordStore records) {
        this.records = records;
    }

    /// @throws ProblemException where it does not exist
    StoredRecord get(Namespace collection, String id) {
        return switch (records.execute(new Operation.Get(collection, id))) {
            case Outcome.Found(StoredRecord stored) -> stored;
            case Outcome.Absent _ -> throw notFound(collection, id);
        };
    }

    /// @throws ProblemException where the conditions do not hold
    Outcome.Stored put(Namespace collection, String id, Content content, WriteOptions options, Conditions conditions) {
        Precondition single = conditions.precondition();
        if (single != null) {
            return switch (put(collection, id, content, options, single)) {
                case Outcome.Stored stored -> stored;
                case Outcome.Unconfirmed unconfirmed -> throw DurabilityHeader.unconfirmed(unconfirmed);
                case Outcome.Conflict(long current) -> throw Conditions.failed(current);
            };
        }
        while (true) {
            Deadline.current().check();
            long current = currentVersion(collection, id);
            conditions.checkWrite(current);
            switch (put(collection, id, content, options, exactly(current))) {
                case Outcome.Stored stored -> {
                    return stored;
                }
                case Outcome.Unconfirmed unconfirmed -> throw DurabilityHeader.unconfirmed(unconfirmed);
                case Outcome.Conflict _ -> {} // another write came between
            }
        }
    }

    Outcome.Write put(
            Namespace collection, String id, Content content, WriteOptions options, Precondition precondition) {
        return records.execute(new Operation.Put(
                collection,
                id,
                content,
                precondition,
                options.timeToLive(),
                Operation.newOperationId(),
                options.durability()));
    }

    private long currentVersion(Namespace collection, String id) {
        return switch (records.execute(new Operation.Get(collection, id))) {
            case Outcome.Found(StoredRecord stored) -> stored.version();
            case Outcome.Absent _ -> Outcome.Conflict.ABSENT;
        };
    }

    private static Precondition exactly(long version) {
        return version == Outcome.Conflict.ABSENT ? Precondition.ABSENT : Precondition.version(version);
    }

    /// Whether a document exists comes first: conditions only count for what would succeed without
    /// them.
    ///
    /// @throws ProblemException where it does not exist, or the conditions do not hold
    Outcome.Removed delete(Namespace collection, String id, Conditions conditions, @Nullable Durability durability) {
        Precondition single = conditions.precondition();
        if (single != null && !(single instanceof Precondition.Absent)) {
            return switch (delete(collection, id, single, durability)) {
                case Outcome.Removed removed -> removed;
                case Outcome.Unconfirmed unconfirmed -> throw DurabilityHeader.unconfirmed(unconfirmed);
                case Outcome.Absent _ -> throw notFound(collection, id);
                case Outcome.Conflict(long current) -> throw Conditions.failed(current);
            };
        }
        while (true) {
            Deadline.current().check();
            long current = get(collection, id).version();
            conditions.checkWrite(current);
            switch (delete(collection, id, Precondition.version(current), durability)) {
                case Outcome.Removed removed -> {
                    return removed;
                }
                case Outcome.Unconfirmed unconfirmed -> throw DurabilityHeader.unconfirmed(unconfirmed);
                case Outcome.Absent _ -> throw notFound(collection, id);
                case Outcome.Conflict _ -> {} // another write came between
            }
        }
    }

    private Outcome.Removal delete(
            Namespace collection, String id, Precondition precondition, @Nullable Durability durability) {
        Outcome.Removal outcome = records.execute(new Operation.Delete(collection, id, precondition, durability));
        return outcome.equals(new Outcome.Conflict(Outcome.Conflict.ABSENT)) ? new Outcome.Absent() : outcome;
    }

    private static ProblemException notFound(Namespace collection, String id) {
        return new ProblemException(
                ProblemType.DOCUMENT_NOT_FOUND,
                "The collection '%s' has no document with the id '%s'.".formatted(collection.name(), id));
    }
}
