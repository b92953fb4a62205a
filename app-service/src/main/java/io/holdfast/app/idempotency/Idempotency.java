package io.holdfast.app.idempotency;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.CallerName;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.OperationId;
import io.holdfast.contract.request.TimeOrderedIds;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Placement;
import io.holdfast.storage.api.RecordStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/// Knows requests again. With an Idempotency-Key it is the client who repeats them, and the key is the
/// caller's own: the same key of another API key's holder is another key. Without one it is the
/// gateway, which gives all its attempts to send a request one operation id. Thread-safe.
///
/// That nothing takes place twice rests on the write itself, which leaves its key with its record. The
/// claim that a client's key is given first only tells what the write cannot see: that the first
/// request is still at work, and that the key was used for another record.
public final class Idempotency {
    /// Says that an answer is that to an earlier request.
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

    private final RecordStore store;
    private final TimeOrderedIds ids;
    private final IdempotencyProperties properties;

    Idempotency(RecordStore store, TimeOrderedIds ids, IdempotencyProperties properties) {
        this.store = store;
        this.ids = ids;
        this.properties = properties;
    }

    /// By what a request is known again.
    ///
    /// @param body all of it, or nothing of one that is read line by line
    public RequestKey of(HttpServletRequest request, byte[] body) {
        String given = request.getHeader(OperationId.HEADER);
        String operation = given != null && OperationId.isValid(given) ? given : ids.next();
        String key = KeyHeader.of(request);
        if (key == null) {
            return new RequestKey(new IdempotencyKey(operation, "", properties.repeatsKeptFor(), ""), operation, false);
        }
        String token =
                new Digest().add(request.getHeader(CallerName.HEADER)).add(key).text();
        return new RequestKey(
                new IdempotencyKey(token, fingerprint(request, body), properties.keptFor(), ""), operation, true);
    }

    /// What of a request decides about its effect and its answer.
    private static String fingerprint(HttpServletRequest request, byte[] body) {
        return new Digest()
                .add(request.getMethod())
                .add(request.getRequestURI())
                .add(request.getQueryString())
                .add(request.getHeader(HttpHeaders.CONTENT_TYPE))
                .add(request.getHeader(HttpHeaders.IF_MATCH))
                .add(request.getHeader(HttpHeaders.IF_NONE_MATCH))
                .add(body)
                .text();
    }

    /// A new document's id, in the order of time, in the partition of the request's key.
    public String newId(RequestKey request) {
        return PlacedIds.place(ids.next(), Placement.checksum(request.key().token()));
    }

    /// What is kept of a document that is an answer: nothing of a large one.
    public String kept(RequestKey request, byte[] document) {
        return request.fromClient()
                        && document.length <= properties.maxKeptDocument().toBytes()
                ? new String(document, StandardCharsets.UTF_8)
                : "";
    }

    /// Works on a request while nobody else does under the same key. The work finds out by itself
    /// whether it has been done before.
    ///
    /// @param record the key of the record that the work writes
    /// @throws ProblemException where somebody else does, or the key belongs to another request
    public <T extends @Nullable Object> T exclusively(
            RequestKey request, Namespace namespace, String record, Supplier<T> work) {
        if (!request.fromClient()) {
            return work.get();
        }
        claim(request, namespace, record);
        try {
            return work.get();
        } catch (ProblemException e) {
            if (e.type().status() < 500) {
                giveBack(request); // refused, so nothing was changed, and the key is free for another attempt
            }
            throw e;
        }
    }

    private void claim(RequestKey request, Namespace namespace, String record) {
        // Beyond its deadline nobody works on a request.
        Duration lease = Deadline.current().remaining().plusMillis(1);
        switch (store.execute(new Operation.Claim(request.key(), request.operationId(), lease))) {
            case Outcome.Claimed _ -> {}
            case Outcome.KeyReused _ -> throw reused();
            case Outcome.Busy _ -> {
                // Whoever claimed it may have finished.
                if (store.execute(new Operation.Recall(namespace, record, request.key())) instanceof Outcome.Absent) {
                    throw inUse();
                }
            }
        }
    }

    private void giveBack(RequestKey request) {
        try {
            store.execute(new Operation.Claim(request.key(), request.operationId(), Duration.ZERO));
        } catch (ProblemException e) {
            log.debug("A claim could not be given back; it ends with the request's deadline", e);
        }
    }

    /// Marks an answer as a repeated one, for a client that repeats. What the gateway repeats is nobody's business.
    public static void mark(RequestKey request, HttpServletResponse response) {
        if (request.fromClient()) {
            response.setHeader(REPLAYED, "true");
        }
    }

    /// The problem of a key that belongs to another request.
    public static ProblemException reused() {
        return new ProblemException(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was sent with another request: method, path, query, conditions and body must be the"
                        + " same. Nothing was changed. Repeat that request as it was, or take a new key.");
    }

    private static ProblemException inUse() {
        return new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_IN_USE,
                        "The first request with this Idempotency-Key is still under way. Repeat this one shortly to get"
                                + " its answer.")
                .withHeader(HttpHeaders.RETRY_AFTER, "1");
    }
}
