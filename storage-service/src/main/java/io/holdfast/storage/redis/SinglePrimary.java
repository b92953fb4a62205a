package io.holdfast.storage.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One server, or the primary that Sentinels name: each connection that is restored asks them again.
final class SinglePrimary implements Primaries {
    private static final String NAME = "primary";
    private static final Pattern SOME_REPLICA = Pattern.compile("(?m)^connected_slaves:[1-9]");
    private static final Pattern REPLICAS = Pattern.compile("(?m)^connected_slaves:(\\d{1,4})");
    private static final long LOOK_AGAIN_NANOS = 5_000_000_000L;

    private final Supplier<RedisClient> client;
    private final Map<Integer, StatefulRedisConnection<byte[], byte[]>> connections = new ConcurrentHashMap<>();
    private final AtomicInteger mostReplicas = new AtomicInteger();
    private volatile boolean replicasSeen;
    private volatile boolean asked;
    private volatile long lookedAt = System.nanoTime() - LOOK_AGAIN_NANOS;

    /// @param watched whether Sentinels watch over it, who do so for the sake of its replicas
    SinglePrimary(Supplier<RedisClient> client, boolean watched) {
        this.client = client;
        this.replicasSeen = watched;
    }

    @Override
    public String holding(byte[] key) {
        return NAME;
    }

    @Override
    public StatefulRedisConnection<byte[], byte[]> connection(String primary, int number) {
        return connections.computeIfAbsent(number, _ -> client.get().connect(ByteArrayCodec.INSTANCE));
    }

    @Override
    public boolean haveReplicas() {
        if (!replicasSeen && System.nanoTime() - lookedAt >= LOOK_AGAIN_NANOS) {
            look();
        }
        return replicasSeen;
    }

    /// What was said before holds on while Redis cannot be asked.
    private void look() {
        try {
            String info = connection(NAME, 0).sync().info("replication");
            replicasSeen = SOME_REPLICA.matcher(String.valueOf(info)).find();
            asked = true;
            lookedAt = System.nanoTime();
        } catch (RedisException e) {
            if (!asked) {
                throw e;
            }
        }
    }

    /// A server tells only of replicas that are connected: those that were once are missed.
    @Override
    public CompletionStage<Integer> successors(RedisAsyncCommands<byte[], byte[]> commands) {
        return commands.info("replication").thenApply(info -> {
            if (!info.contains("role:master")) {
                throw new RedisException("the server is no primary any more");
            }
            Matcher connected = REPLICAS.matcher(info);
            int now = connected.find() ? Integer.parseInt(connected.group(1)) : 0;
            return mostReplicas.accumulateAndGet(Math.max(now, haveReplicas() ? 1 : 0), Math::max);
        });
    }

    @Override
    public void lookAgain() {
        // Whoever reconnects asks the Sentinels.
    }

    @Override
    public void close() {
        connections.values().forEach(StatefulRedisConnection::close);
    }
}
