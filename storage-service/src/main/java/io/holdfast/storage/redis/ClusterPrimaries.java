package io.holdfast.storage.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.models.role.RedisInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The primaries of a cluster, by address. Each number is a cluster connection of its own, of which
/// only the connections to single nodes are used; Lettuce opens and restores those.
final class ClusterPrimaries implements Primaries {
    private final Supplier<RedisClusterClient> client;
    private final long pauseNanos;
    private final AtomicLong lookedAt;
    private final Map<Integer, StatefulRedisClusterConnection<byte[], byte[]>> connections = new ConcurrentHashMap<>();
    private volatile boolean replicasSeen;

    /// @param pause how often the layout is looked up at most
    ClusterPrimaries(Supplier<RedisClusterClient> client, Duration pause) {
        this.client = client;
        this.pauseNanos = pause.toNanos();
        this.lookedAt = new AtomicLong(System.nanoTime() - pauseNanos);
    }

    @Override
    public String holding(byte[] key) {
        RedisClusterNode node = client.get().getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
        if (node == null) {
            throw new RedisException("no primary is known for the slot " + SlotHash.getSlot(key));
        }
        return node.getUri().getHost() + ':' + node.getUri().getPort();
    }

    @Override
    public StatefulRedisConnection<byte[], byte[]> connection(String primary, int number) {
        int colon = primary.lastIndexOf(':');
        return connections
                .computeIfAbsent(number, _ -> client.get().connect(ByteArrayCodec.INSTANCE))
                .getConnection(primary.substring(0, colon), Integer.parseInt(primary.substring(colon + 1)));
    }

    @Override
    public boolean haveReplicas() {
        if (!replicasSeen) {
            replicasSeen = client.get().getPartitions().stream()
                    .anyMatch(node -> node.getRole() == RedisInstance.Role.REPLICA);
        }
        return replicasSeen;
    }

    /// A primary lists a replica that was promoted until it learns of that, and then it is a primary no more.
    @Override
    public CompletionStage<Integer> successors(RedisAsyncCommands<byte[], byte[]> commands) {
        return commands.clusterNodes().thenApply(text -> {
            Partitions nodes = ClusterPartitionParser.parse(text);
            String self = nodes.stream()
                    .filter(node -> node.is(RedisClusterNode.NodeFlag.MYSELF))
                    .filter(node -> node.getRole().isUpstream())
                    .map(RedisClusterNode::getNodeId)
                    .findFirst()
                    .orElseThrow(() -> new RedisException("the server is no primary any more"));
            int known = (int) nodes.stream()
                    .filter(node -> self.equals(node.getSlaveOf()))
                    .count();
            return Math.max(known, haveReplicas() ? 1 : 0);
        });
    }

    @Override
    public void lookAgain() {
        long before = lookedAt.get();
        long now = System.nanoTime();
        if (now - before >= pauseNanos && lookedAt.compareAndSet(before, now)) {
            client.get().refreshPartitionsAsync();
        }
    }

    @Override
    public void close() {
        connections.values().forEach(StatefulRedisClusterConnection::close);
    }
}
