package io.holdfast.storage.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to Redis: a cluster, one server, or one that Sentinels watch over. All threads
/// share it, and their commands travel in one stream to each server. Thread-safe; nothing here blocks
/// except the first use, which connects.
public final class Redis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Redis.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final Supplier<Link> connector;
    private volatile @Nullable Link link; // written under this object's lock
    private volatile boolean closed;

    /// A connection and the commands it takes.
    record Link(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> commands) {}

    Redis(Supplier<Link> connector) {
        this.connector = connector;
    }

    /// Connects in the background, while the rest of the service starts. Until that succeeds, which may
    /// take until Redis has loaded its data, it is tried again; why not is for those to tell who use it.
    void connectAhead() {
        Thread.ofVirtual().name("connect-ahead").start(() -> {
            while (link == null && !closed) {
                try {
                    connect();
                } catch (RuntimeException e) {
                    log.debug("Redis is not reached yet", e);
                    sleep();
                }
            }
        });
    }

    private static void sleep() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The commands. Their keys must lie in one slot.
    ///
    /// @throws io.lettuce.core.RedisException where Redis has never been reached yet and cannot be now
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return link().commands();
    }

    private Link link() {
        Link existing = link;
        return existing != null ? existing : connect();
    }

    private synchronized Link connect() {
        Link existing = link;
        if (existing == null) {
            existing = connector.get();
            link = existing;
        }
        return existing;
    }

    /// Opens a connection of its own for a moment, to learn what keeps the others from being restored. Blocks.
    public Optional<RedisFault> trouble() {
        try (StatefulConnection<byte[], byte[]> connection = connector.get().connection()) {
            return connection.isOpen() ? Optional.empty() : Optional.of(RedisFault.of(new IOException("closed")));
        } catch (RedisException e) {
            return Optional.of(RedisFault.of(e));
        }
    }

    /// Runs a script where its first key lies. Redis is sent the text only when it does not know the digest.
    public <T> CompletionStage<T> run(Script script, ScriptOutputType output, byte[][] keys, byte[]... arguments) {
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands();
        CompletionStage<T> known = commands.evalsha(script.digest(), output, keys, arguments);
        return known.exceptionallyCompose(failure -> {
            if (cause(failure) instanceof RedisNoScriptException) {
                return commands.eval(script.text(), output, keys, arguments);
            }
            return CompletableFuture.failedStage(failure);
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Link existing = link;
        if (existing != null) {
            existing.connection().close();
        }
    }
}
