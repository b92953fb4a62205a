package io.holdfast.app.resource;

import io.holdfast.app.condition.Conditions;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.idempotency.RequestKey;
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
import java.util.List;
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
    Written put(
            Namespace collection,
            String id,
            Content content,
            @Nullable Duration timeToLive,
            Conditions conditions,
            RequestKey key) {
        Precondition single = conditions.precondition();
        if (single != null) {
            Operation.Put put = new Operation.Put(collection, id, content, single, timeToLive, key.writeId());
            return required(write(put, "", key));
        }
        while (true) {
            Deadline.current().check();
            Seen seen = look(collection, id, key);
            if (seen.written() != null) {
                return seen.written();
            }
            conditions.checkWrite(seen.version());
            Precondition unchanged = exactly(seen.version());
            Operation.Put put = new Operation.Put(collection, id, content, unchanged, timeToLive, key.writeId());
            if (write(put, "", key) instanceof Result.Done(Written written)) {
                return written;
            }
        }
    }

    /// Creates a document, and leaves its id with the request's key.
    ///
    /// @return null where there is a document with the id
    @Nullable
    Written create(Namespace collection, String id, Content content, @Nullable Duration timeToLive, RequestKey key) {
        Operation.Put put = new Operation.Put(collection, id, content, Precondition.ABSENT, timeToLive, key.writeId());
        return once(put, id, key) instanceof Result.Done(Written written) ? written : null;
    }

    /// Replaces exactly one version, once.
    ///
    /// @param note kept with the key
    /// @return null where another version stands there
    @Nullable
    Written replace(Operation.Put put, String note, RequestKey key) {
        return once(put, note, key) instanceof Result.Done(Written written) ? written : null;
    }

    /// What a write came to.
    private sealed interface Result {
        record Done(Written written) implements Result {}

        record Conflict(long current) implements Result {}
    }

    private static Written required(Result result) {
        return switch (result) {
            case Result.Done(Written written) -> written;
            case Result.Conflict(long current) -> throw Conditions.failed(current);
        };
    }

    /// An unconditional write that the gateway repeats is known by its operation id on the record, as
    /// long as no other write comes between. Everything else leaves its key.
    private Result write(Operation.Put put, String note, RequestKey key) {
        return key.fromClient() || !(put.precondition() instanceof Precondition.None)
                ? once(put, note, key)
                : result(records.execute(put), false, note);
    }

    private Result once(Operation.Put put, String note, RequestKey key) {
        return switch (records.execute(new Operation.Once(put, key.key().withNote(note)))) {
            case Outcome.First(Outcome outcome) -> result(outcome, false, note);
            case Outcome.Repeated(Outcome outcome, String first) -> result(outcome, true, first);
            case Outcome.KeyReused _ -> throw Idempotency.reused();
        };
    }

    private static Result result(Outcome outcome, boolean repeated, String note) {
        return switch (outcome) {
            case Outcome.Stored(long version, boolean created) ->
                new Result.Done(new Written(version, created, repeated, note));
            case Outcome.Conflict(long current) -> new Result.Conflict(current);
            default -> throw new IllegalStateException("a write was answered with " + outcome);
        };
    }

    /// A document, and whether the request has written it already.
    ///
    /// @param stored null where there is none
    /// @param written null where the request has not written it
    record Seen(@Nullable StoredRecord stored, @Nullable Written written) {
        long version() {
            return stored == null ? Outcome.Conflict.ABSENT : stored.version();
        }
    }

    /// Reads both at one moment: what decides about a request must not be its own earlier effect.
    Seen look(Namespace collection, String id, RequestKey key) {
        List<Outcome> outcomes = records.executeAll(
                List.of(new Operation.Recall(collection, id, key.key()), new Operation.Get(collection, id)));
        Written written =
                switch (outcomes.getFirst()) {
                    case Outcome.Repeated(Outcome.Stored(long version, boolean created), String note) ->
                        new Written(version, created, true, note);
                    case Outcome.Repeated(Outcome.Removed(long version), String note) ->
                        new Written(version, false, true, note);
                    case Outcome.KeyReused _ -> throw Idempotency.reused();
                    case Outcome.Failed(ProblemType type, String detail) -> throw new ProblemException(type, detail);
                    default -> null;
                };
        return switch (outcomes.getLast()) {
            case Outcome.Found(StoredRecord stored) -> new Seen(stored, written);
            case Outcome.Failed(ProblemType type, String detail) -> throw new ProblemException(type, detail);
            default -> new Seen(null, written);
        };
    }

    private static Precondition exactly(long version) {
        return version == Outcome.Conflict.ABSENT ? Precondition.ABSENT : Precondition.version(version);
    }

    /// Whether a document exists comes first: conditions only count for what would succeed without
    /// them.
    ///
    /// @return whether the request had removed it before
    /// @throws ProblemException where it does not exist, or the conditions do not hold
    boolean delete(Namespace collection, String id, Conditions conditions, RequestKey key) {
        Precondition single = conditions.precondition();
        if (single != null && !(single instanceof Precondition.Absent)) {
            return switch (delete(collection, id, single, key)) {
                case Result.Done(Written written) -> written.repeated();
                case Result.Conflict(long current) -> throw Conditions.failed(current);
            };
        }
        while (true) {
            Deadline.current().check();
            Seen seen = look(collection, id, key);
            if (seen.written() != null) {
                return true;
            }
            if (seen.stored() == null) {
                throw notFound(collection, id);
            }
            conditions.checkWrite(seen.version());
            Precondition unchanged = Precondition.version(seen.version());
            if (delete(collection, id, unchanged, key) instanceof Result.Done(Written written)) {
                return written.repeated();
            }
        }
    }

    private Result delete(Namespace collection, String id, Precondition precondition, RequestKey key) {
        Operation.Delete delete = new Operation.Delete(collection, id, precondition);
        return switch (records.execute(new Operation.Once(delete, key.key()))) {
            case Outcome.First(Outcome.Removed(long version)) ->
                new Result.Done(new Written(version, false, false, ""));
            case Outcome.First(Outcome.Conflict(long current))
            when current != Outcome.Conflict.ABSENT -> new Result.Conflict(current);
            case Outcome.First _ -> throw notFound(collection, id);
            case Outcome.Repeated _ -> new Result.Done(new Written(0, false, true, ""));
            case Outcome.KeyReused _ -> throw Idempotency.reused();
        };
    }

    static ProblemException notFound(Namespace collection, String id) {
        return new ProblemException(
                ProblemType.DOCUMENT_NOT_FOUND,
                "The collection '%s' has no document with the id '%s'.".formatted(collection.name(), id));
    }
}
