package io.holdfast.app.resource;

import io.holdfast.app.concurrency.Backoff;
import io.holdfast.app.condition.Conditions;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.idempotency.RequestKey;
import io.holdfast.app.json.MalformedJsonException;
import io.holdfast.app.json.MergePatch;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Applies merge patches so that none is lost: read, merge, write on the version that was read, and
/// once more if another write came between. Patches of one document take turns within this process,
/// so that only writers of other processes can come between, and nobody starves. None is applied
/// twice either: the write leaves the request's key with the document, and the read tells of it.
/// Thread-safe.
final class Patches {
    private static final Duration FIRST_WAIT = Duration.ofMillis(2);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
    /// Documents share a turn by their hash. Twice as many turns as few cores can use.
    private static final int TURNS = 256;

    private final DocumentStore store;
    private final DocumentRules rules;
    private final Idempotency idempotency;
    private final Clock clock;
    private final RandomGenerator random;
    private final ReentrantLock[] turns =
            IntStream.range(0, TURNS).mapToObj(_ -> new ReentrantLock(true)).toArray(ReentrantLock[]::new);

    Patches(DocumentStore store, DocumentRules rules, Idempotency idempotency, Clock clock, RandomGenerator random) {
        this.store = store;
        this.rules = rules;
        this.idempotency = idempotency;
        this.clock = clock;
        this.random = random;
    }

    /// What a patch made of a document.
    ///
    /// @param document null where that is not known any more: the patch had been applied before, and
    ///     the document was large and has changed since
    /// @param written the patch itself, now or when it was applied first
    @SuppressWarnings("ArrayRecordComponent")
    record Patched(long version, byte @Nullable [] document, Written written) {}

    /// @param options without a time to live the document keeps its expiry
    Patched apply(
            Namespace collection,
            String id,
            MergePatch patch,
            WriteOptions options,
            Conditions conditions,
            RequestKey key) {
        ReentrantLock turn = turns[Math.floorMod(31 * collection.hashCode() + id.hashCode(), TURNS)];
        enter(turn);
        try {
            return applyInTurn(collection, id, patch, options, conditions, key);
        } finally {
            turn.unlock();
        }
    }

    MergePatch parse(byte[] json) {
        if (json.length == 0) {
            throw DocumentRules.malformed("The body is empty. A merge patch is a JSON value, such as {}.");
        }
        try {
            return MergePatch.parse(json, rules.deepest());
        } catch (MalformedJsonException e) {
            throw DocumentRules.malformed(e.detail());
        }
    }

    private static void enter(ReentrantLock turn) {
        try {
            if (turn.tryLock(Deadline.current().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                ProblemType.OVERLOADED, "Too many patches of this document are under way. Nothing was changed.");
    }

    private Patched applyInTurn(
            Namespace collection,
            String id,
            MergePatch patch,
            WriteOptions options,
            Conditions conditions,
            RequestKey key) {
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        while (true) {
            DocumentStore.Seen seen = store.look(collection, id, key);
            StoredRecord before = seen.stored();
            if (seen.alreadyWritten()) {
                Written written = store.again(collection, id, options, key);
                if (written != null) {
                    return answer(written, before, key);
                }
            } else if (before == null) {
                throw DocumentStore.notFound(collection, id);
            } else {
                conditions.checkWrite(before.version());
                Content after = merged(patch, before);
                WriteOptions kept = options.timeToLive() == null ? options.withTimeToLive(remaining(before)) : options;
                String note = idempotency.kept(key, after.bytes());
                Written written = store.replace(collection, id, after, before.version(), kept, note, key);
                if (written != null && !written.repeated()) {
                    return new Patched(written.version(), after.bytes(), written);
                }
            }
            backoff.await();
            Deadline.current().check();
        }
    }

    /// The answer to a patch that had been applied before.
    private static Patched answer(Written written, @Nullable StoredRecord now, RequestKey key) {
        if (!written.note().isEmpty()) {
            byte[] document = written.note().getBytes(StandardCharsets.UTF_8);
            return new Patched(written.version(), document, written);
        }
        // A client that did not repeat has no use for an earlier answer: it asked for the document as it is.
        if (now != null && (now.version() == written.version() || !key.fromClient())) {
            return new Patched(now.version(), now.content().bytes(), written);
        }
        return new Patched(written.version(), null, written);
    }

    private Content merged(MergePatch patch, StoredRecord before) {
        byte[] document = patch.applyTo(before.content().bytes());
        if (document.length > rules.mostBytes()) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "With this patch the document would have %,d bytes; it may have at most %,d."
                            .formatted(document.length, rules.mostBytes()));
        }
        return new Content(
                document, before.content().contentType(), before.content().metadata());
    }

    /// What is left of a document's time, at least the shortest there is, as it was there a moment
    /// ago.
    private @Nullable Duration remaining(StoredRecord before) {
        return before.expiresAtMillis() == StoredRecord.NEVER
                ? null
                : Duration.ofMillis(Math.max(1, before.expiresAtMillis() - clock.millis()));
    }
}
