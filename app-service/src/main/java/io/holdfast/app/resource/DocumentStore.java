package io.holdfast.app.resource;

import io.holdfast.app.condition.Conditions;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.time.Duration;
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
    Outcome.Stored put(
            Namespace collection, String id, Content content, @Nullable Duration timeToLive, Conditions conditions) {
        Precondition single = conditions.precondition();
        if (single != null) {
            return switch (put(collection, id, content, timeToLive, single)) {
                case Outcome.Stored stored -> stored;
                case Outcome.Conflict(long current) -> throw Conditions.failed(current);
            };
        }
        while (true) {
            Deadline.current().check();
            long current = currentVersion(collection, id);
            conditions.checkWrite(current);
            if (put(collection, id, content, timeToLive, exactly(current)) instanceof Outcome.Stored stored) {
                return stored;
            }
        }
    }

    Outcome.Write put(
            Namespace collection,
            String id,
            Content content,
            @Nullable Duration timeToLive,
            Precondition precondition) {
        return records.execute(
                new Operation.Put(collection, id, content, precondition, timeToLive, Operation.newOperationId()));
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
    void delete(Namespace collection, String id, Conditions conditions) {
        Precondition single = conditions.precondition();
        if (single != null && !(single instanceof Precondition.Absent)) {
            long conflicting = delete(collection, id, single);
            if (conflicting != Outcome.Conflict.ABSENT) {
                throw Conditions.failed(conflicting);
            }
            return;
        }
        long current;
        do {
            Deadline.current().check();
            current = get(collection, id).version();
            conditions.checkWrite(current);
        } while (delete(collection, id, Precondition.version(current)) != Outcome.Conflict.ABSENT);
    }

    /// @return the version that was in the way, or [Outcome.Conflict#ABSENT] if the document was
    /// removed
    private long delete(Namespace collection, String id, Precondition precondition) {
        return switch (records.execute(new Operation.Delete(collection, id, precondition))) {
            case Outcome.Removed _ -> Outcome.Conflict.ABSENT;
            case Outcome.Absent _ -> throw notFound(collection, id);
            case Outcome.Conflict(long current) -> {
                if (current == Outcome.Conflict.ABSENT) {
                    throw notFound(collection, id);
                }
                yield current;
            }
        };
    }

    private static ProblemException notFound(Namespace collection, String id) {
        return new ProblemException(
                ProblemType.DOCUMENT_NOT_FOUND,
                "The collection '%s' has no document with the id '%s'.".formatted(collection.name(), id));
    }
}
