package io.holdfast.storage.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletionStage;

/// The primaries of Redis, and connections of one's own to each of them: what is said on a connection
/// is about the server at its other end, which the shared connection hides. Thread-safe.
public interface Primaries extends AutoCloseable {
    /// The primary that a key lies on, as far as is known at the moment.
    ///
    /// @return its address, or another name that stays the same while it is reachable there
    /// @throws io.lettuce.core.RedisException where none is known
    String holding(byte[] key);

    /// A connection to a primary, always the same for the same number, also while it is being restored.
    /// Blocks while it is made.
    ///
    /// @throws io.lettuce.core.RedisException where it cannot be reached
    StatefulRedisConnection<byte[], byte[]> connection(String primary, int number);

    /// Whether there are replicas, or were since this service began: one that is gone for now is missed.
    boolean haveReplicas();

    /// How many replicas may take the place of the primary at the other end of a connection: all that it
    /// has been told of, whether it reaches them or not, and at least one where there should be any.
    /// Fails where it is no primary any more.
    CompletionStage<Integer> successors(RedisAsyncCommands<byte[], byte[]> commands);

    /// Has the layout looked up again, soon and not too often, because it seems to have changed.
    void lookAgain();

    @Override
    void close();
}
