package io.holdfast.storage.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads from replicas of a cluster, on a connection of its own. One that fails or is slow has all of
/// them left alone for a second: whoever asks goes to the primary meanwhile, at once. Thread-safe.
public final class Replicas implements AutoCloseable {
    private static final long REST_NANOS = 1_000_000_000L;

    private final @Nullable Supplier<RedisClusterClient> client;
    private final Duration timeout;
    private volatile long restsUntil = System.nanoTime();
    private volatile @Nullable StatefulRedisClusterConnection<byte[], byte[]> connection; // written under the lock

    /// @param client null where there is no cluster; then no replica is found
    /// @param timeout how long a replica may take
    Replicas(@Nullable Supplier<RedisClusterClient> client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /// The values of keys of one slot. Fails where no replica answers soon.
    public CompletionStage<List<KeyValue<byte[], byte[]>>> mget(byte[][] keys) {
        Supplier<RedisClusterClient> cluster = client;
        if (cluster == null || System.nanoTime() - restsUntil < 0) {
            return CompletableFuture.failedStage(new RedisException("no replica is asked"));
        }
        try {
            return connection(cluster)
                    .async()
                    .mget(keys)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            rest();
                        }
                    });
        } catch (RedisException e) {
            rest();
            return CompletableFuture.failedStage(e);
        }
    }

    private void rest() {
        restsUntil = System.nanoTime() + REST_NANOS;
    }

    private StatefulRedisClusterConnection<byte[], byte[]> connection(Supplier<RedisClusterClient> cluster) {
        StatefulRedisClusterConnection<byte[], byte[]> existing = connection;
        return existing != null ? existing : connect(cluster);
    }

    private synchronized StatefulRedisClusterConnection<byte[], byte[]> connect(Supplier<RedisClusterClient> cluster) {
        StatefulRedisClusterConnection<byte[], byte[]> existing = connection;
        if (existing == null) {
            existing = cluster.get().connect(ByteArrayCodec.INSTANCE);
            existing.setReadFrom(ReadFrom.ANY_REPLICA);
            connection = existing;
        }
        return existing;
    }

    @Override
    public synchronized void close() {
        StatefulRedisClusterConnection<byte[], byte[]> existing = connection;
        if (existing != null) {
            existing.close();
        }
    }
}
