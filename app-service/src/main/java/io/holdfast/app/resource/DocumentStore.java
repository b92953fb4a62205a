package io.holdfast.app.resource;

import io.holdfast.app.address.Address;
import io.holdfast.app.condition.Conditions;
import io.holdfast.app.durability.DurabilityHeader;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.idempotency.RequestKey;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// Reads and writes single documents under HTTP's conditions. A condition that the storage cannot
/// check by itself, such as a list of entity tags, is checked on what was read, and the write then
/// depends on exactly that version; if another write came between, it begins anew. Thread-safe.
final class DocumentStore {
    private static final Content NOTHING = new Content(new byte[0], "");
    private static final Precondition NEVER = Precondition.version(Outcome.Conflict.ABSENT);

    private final RecordStore records;

    DocumentStore(RecordStore records) {
        this.records = records;
    }

    /// @throws ProblemException where it does not exist
    StoredRecord get(Namespace collection, String id, Consistency consistency) {
        return switch (records.execute(new Operation.Get(collection, id, consistency))) {
            case Outcome.Found(StoredRecord stored) -> stored;
            case Outcome.Absent _ -> throw notFound(collection, id);
        };
    }

    /// @throws ProblemException where the conditions do not hold
    Written put(
            Namespace collection,
            String id,
            Content content,
            WriteOptions options,
            Conditions conditions,
            RequestKey key) {
        Precondition single = conditions.precondition();
        if (single != null) {
            return required(write(put(collection, id, content, single, options, key), key), options);
        }
        while (true) {
            Deadline.current().check();
            Seen seen = look(collection, id, key);
            Written written;
            if (seen.alreadyWritten()) {
                written = again(collection, id, options, key);
            } else {
                conditions.checkWrite(seen.version());
                Precondition unchanged = exactly(seen.version());
                written = done(write(put(collection, id, content, unchanged, options, key), key), options);
            }
            if (written != null) {
                return written;
            }
        }
    }

    /// Creates a document, and leaves its id with the request's key.
    ///
    /// @return null where there is a document with the id
    @Nullable
    Written create(Namespace collection, String id, Content content, WriteOptions options, RequestKey key) {
        Result result = once(put(collection, id, content, Precondition.ABSENT, options, key), id, key);
        if (result instanceof Result.Unconfirmed(Outcome.Unconfirmed unconfirmed, String created)) {
            throw unconfirmed(unconfirmed, options).withHeader(HttpHeaders.LOCATION, Address.path(collection, created));
        }
        return done(result, options);
    }

    /// Replaces exactly one version, once.
    ///
    /// @param note kept with the key
    /// @return null where another version stands there
    @Nullable
    Written replace(
            Namespace collection,
            String id,
            Content content,
            long version,
            WriteOptions options,
            String note,
            RequestKey key) {
        Precondition unchanged = Precondition.version(version);
        return done(once(put(collection, id, content, unchanged, options, key), note, key), options);
    }

    /// Asks how far a write has come by now that took place before: what is read does not tell. It is sent
    /// once more under its key, and under a condition that never holds, should its key be lost since.
    ///
    /// @return null where its key is lost
    @Nullable
    Written again(Namespace collection, String id, WriteOptions options, RequestKey key) {
        WriteOptions forGood = options.withTimeToLive(null);
        return done(once(put(collection, id, NOTHING, NEVER, forGood, key), "", key), options);
    }

    private static Operation.Put put(
            Namespace collection,
            String id,
            Content content,
            Precondition precondition,
            WriteOptions options,
            RequestKey key) {
        return new Operation.Put(
                collection, id, content, precondition, options.timeToLive(), key.writeId(), options.durability());
    }

    /// What a write came to.
    private sealed interface Result {
        record Done(Written written) implements Result {}

        record Unconfirmed(Outcome.Unconfirmed outcome, String note) implements Result {}

        record Conflict(long current) implements Result {}
    }

    private static Written required(Result result, WriteOptions options) {
        return switch (result) {
            case Result.Done(Written written) -> written;
            case Result.Unconfirmed(Outcome.Unconfirmed outcome, String _) -> throw unconfirmed(outcome, options);
            case Result.Conflict(long current) -> throw Conditions.failed(current);
        };
    }

    private static ProblemException unconfirmed(Outcome.Unconfirmed write, WriteOptions options) {
        return options.proofs().tell(DurabilityHeader.unconfirmed(write), write);
    }

    private static @Nullable Written done(Result result, WriteOptions options) {
        return result instanceof Result.Conflict ? null : required(result, options);
    }

    /// An unconditional write that the gateway repeats is known by its operation id on the record, as
    /// long as no other write comes between. Everything else leaves its key.
    private Result write(Operation.Put put, RequestKey key) {
        return key.fromClient() || !(put.precondition() instanceof Precondition.None)
                ? once(put, "", key)
                : result(records.execute(put), false, "");
    }

    private Result once(Operation<?> write, String note, RequestKey key) {
        return switch (records.execute(new Operation.Once(write, key.key().withNote(note)))) {
            case Outcome.First(Outcome outcome) -> result(outcome, false, note);
            case Outcome.Repeated(Outcome outcome, String first) -> result(outcome, true, first);
            case Outcome.KeyReused _ -> throw Idempotency.reused();
        };
    }

    private static Result result(Outcome outcome, boolean repeated, String note) {
        return switch (outcome) {
            case Outcome.Stored(long version, boolean created, Reached reached, Origin origin) ->
                new Result.Done(new Written(version, created, repeated, note, reached, origin));
            case Outcome.Removed(long version, Reached reached, Origin origin) ->
                new Result.Done(new Written(version, false, repeated, note, reached, origin));
            case Outcome.Unconfirmed unconfirmed -> new Result.Unconfirmed(unconfirmed, note);
            case Outcome.Conflict(long current) -> new Result.Conflict(current);
            case Outcome.Absent _ -> new Result.Conflict(Outcome.Conflict.ABSENT);
            default -> throw new IllegalStateException("a write was answered with " + outcome);
        };
    }

    /// A document, and whether the request has written it already.
    ///
    /// @param stored null where there is none
    record Seen(@Nullable StoredRecord stored, boolean alreadyWritten) {
        long version() {
            return stored == null ? Outcome.Conflict.ABSENT : stored.version();
        }
    }

    /// Reads both at one moment: what decides about a request must not be its own earlier effect.
    Seen look(Namespace collection, String id, RequestKey key) {
        List<Outcome> outcomes = records.executeAll(
                List.of(new Operation.Recall(collection, id, key.key()), new Operation.Get(collection, id)));
        boolean written =
                switch (outcomes.getFirst()) {
                    case Outcome.Repeated _ -> true;
                    case Outcome.KeyReused _ -> throw Idempotency.reused();
                    case Outcome.Failed(ProblemType type, String detail) -> throw new ProblemException(type, detail);
                    default -> false;
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
    /// @throws ProblemException where it does not exist, or the conditions do not hold
    Written delete(Namespace collection, String id, WriteOptions options, Conditions conditions, RequestKey key) {
        Precondition single = conditions.precondition();
        if (single != null && !(single instanceof Precondition.Absent)) {
            return required(remove(collection, id, options, single, key), options);
        }
        while (true) {
            Deadline.current().check();
            Seen seen = look(collection, id, key);
            Written written;
            if (seen.alreadyWritten()) {
                written = again(collection, id, options, key);
            } else if (seen.stored() == null) {
                throw notFound(collection, id);
            } else {
                conditions.checkWrite(seen.version());
                Precondition unchanged = Precondition.version(seen.version());
                written = done(remove(collection, id, options, unchanged, key), options);
            }
            if (written != null) {
                return written;
            }
        }
    }

    private Result remove(
            Namespace collection, String id, WriteOptions options, Precondition precondition, RequestKey key) {
        Result result = once(new Operation.Delete(collection, id, precondition, options.durability()), "", key);
        if (result.equals(new Result.Conflict(Outcome.Conflict.ABSENT))) {
            throw notFound(collection, id);
        }
        return result;
    }

    static ProblemException notFound(Namespace collection, String id) {
        return new ProblemException(
                ProblemType.DOCUMENT_NOT_FOUND,
                "The collection '%s' has no document with the id '%s'.".formatted(collection.name(), id));
    }
}
