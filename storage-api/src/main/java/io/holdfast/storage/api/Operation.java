package io.holdfast.storage.api;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One thing asked of the storage tier. Keys are 1 to 512 bytes of UTF-8.
///
/// Writes carry an operation id. It makes repeating them safe: a write that finds its own id on the
/// record has been applied already and is answered as it was the first time, even where its
/// precondition would no longer hold. An id is never used for two different writes.
///
/// @param <O> what it is answered with
public sealed interface Operation<O extends Outcome> {
    /// Reads one record.
    record Get(Namespace namespace, String key, Consistency consistency) implements Operation<Outcome.Read> {
        public Get(Namespace namespace, String key) {
            this(namespace, key, Consistency.STRONG);
        }
    }

    /// Writes one record. The namespace comes into being with its first record.
    ///
    /// @param timeToLive how long the record stays, at least 1 ms; null: for good
    /// @param durability how far it must have come to count as done; null: as the storage is configured
    record Put(
            Namespace namespace,
            String key,
            Content content,
            Precondition precondition,
            @Nullable Duration timeToLive,
            long operationId,
            @Nullable Durability durability)
            implements Operation<Outcome.Write> {
        public Put(
                Namespace namespace,
                String key,
                Content content,
                Precondition precondition,
                @Nullable Duration timeToLive,
                long operationId) {
            this(namespace, key, content, precondition, timeToLive, operationId, null);
        }

        public Put(Namespace namespace, String key, Content content, Precondition precondition) {
            this(namespace, key, content, precondition, null, newOperationId());
        }
    }

    /// Removes one record.
    ///
    /// @param durability how far it must have come to count as done; null: as the storage is configured
    record Delete(
            Namespace namespace,
            String key,
            Precondition precondition,
            @Nullable Durability durability) implements Operation<Outcome.Removal> {
        public Delete(Namespace namespace, String key, Precondition precondition) {
            this(namespace, key, precondition, null);
        }
    }

    /// Reads records in the order of their keys' UTF-8 bytes. What is there throughout a scan, page after page, is
    /// in it exactly once; what comes or goes meanwhile may be in it or not.
    ///
    /// @param prefix only keys that start with it; empty: all
    /// @param after only keys behind it, the `next` of the page before; null: from the start
    /// @param limit the most records of the page, 1 to 1,000. A page may have fewer and still not be the last
    record Scan(
            Namespace namespace, String prefix, @Nullable String after, int limit) implements Operation<Outcome.Page> {}

    /// Counts the records of a namespace exactly, expired ones not included.
    record Count(Namespace namespace) implements Operation<Outcome.Size> {}

    /// Names the namespaces of a kind, in order.
    record ListNamespaces(String kind) implements Operation<Outcome.Namespaces> {}

    /// Removes a namespace with all of its records. When it is answered, none of them can be read any more; if
    /// the service dies before that, another one completes it.
    record DropNamespace(Namespace namespace) implements Operation<Outcome.Dropped> {}

    /// Makes a write take place once, however often it is sent and by whom: whoever sends it again is
    /// told what it came to, also after the record was changed or removed by others. A write that was
    /// refused is not kept: it may be sent again.
    ///
    /// @param write a [Put], a [Delete] or a [DropNamespace]
    record Once(Operation<?> write, IdempotencyKey key) implements Operation<Outcome.Once> {}

    /// Asks what a write that is to take place once has come to, and changes nothing.
    ///
    /// @param key of the record that it writes; the qualified name of the namespace that it drops
    record Recall(Namespace namespace, String key, IdempotencyKey of) implements Operation<Outcome.Recollection> {}

    /// Claims a key before its write, wherever that will go: so another request with the key is known
    /// while the first is still at work, and a request for something else, too. A claim is no proof:
    /// that a write takes place once rests on [Once] alone.
    ///
    /// @param owner who claims it; the same owner may claim again
    /// @param lease how long the owner is at work at most; zero gives the claim back
    record Claim(IdempotencyKey key, String owner, Duration lease) implements Operation<Outcome.Claiming> {}

    /// Asks what has become of a write that was acknowledged, whatever was written since.
    record Verify(Origin origin, long version) implements Operation<Outcome.Fate> {}

    /// Lists failovers, the latest first.
    ///
    /// @param limit the most of them, 1 to 1,000
    record ListFailovers(int limit) implements Operation<Outcome.Failovers> {}

    /// A new id for a write.
    static long newOperationId() {
        return ThreadLocalRandom.current().nextLong();
    }
}
