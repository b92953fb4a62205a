package io.holdfast.storage.durability;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A script on its way to a primary and, when it was answered, further to replicas or disks.
///
/// @param listener told the answer as soon as there is one
/// @param answered completes as soon as the primary has executed it, or failed to
/// @param confirmed completes when the waiting is over; it fails where the script failed, and where
///     the connection was lost, so that nothing is known of replicas
@SuppressWarnings("ArrayRecordComponent")
record StrictWrite<T>(
        Script script,
        ScriptOutputType output,
        byte[][] keys,
        byte[][] arguments,
        Deadline waitUntil,
        Consumer<? super T> listener,
        CompletableFuture<T> answered,
        CompletableFuture<Confirmed<T>> confirmed) {

    /// @param known whether the server knows the script by its digest
    void send(RedisAsyncCommands<byte[], byte[]> commands, boolean known) {
        var reply = known
                ? commands.<T>evalsha(script.digest(), output, keys, arguments)
                : commands.<T>eval(script.text(), output, keys, arguments);
        reply.whenComplete((answer, failure) -> {
            if (failure == null) {
                listener.accept(answer);
                answered.complete(answer);
            } else {
                answered.completeExceptionally(failure);
                confirmed.completeExceptionally(failure);
            }
        });
    }

    boolean failed() {
        return confirmed.isCompletedExceptionally();
    }

    void fail(Throwable failure) {
        answered.completeExceptionally(failure);
        confirmed.completeExceptionally(failure);
    }
}
