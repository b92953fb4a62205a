package io.holdfast.storage.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import reactor.core.Disposable;

/// What this service knows of the Redis Cluster: how many primaries it has, with and without a replica,
/// and how often one took over from another. It is what the client learns anyway; nothing is asked for it.
/// Thread-safe.
final class TopologyMetrics implements MeterBinder, AutoCloseable {
    private static final Set<RedisClusterNode.NodeFlag> AWAY = Set.of(
            RedisClusterNode.NodeFlag.FAIL, RedisClusterNode.NodeFlag.NOADDR, RedisClusterNode.NodeFlag.HANDSHAKE);

    private final RedisClusterClient client;
    private final Disposable events;
    private volatile boolean known; // before, asking for the nodes would connect
    private volatile Runnable failedOver = () -> {};

    TopologyMetrics(RedisClusterClient client) {
        this.client = client;
        this.events = client.getResources().eventBus().get().subscribe(this::hear);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        primaries(registry, "yes", true);
        primaries(registry, "no", false);
        failedOver = Counter.builder("holdfast.storage.redis.failovers")
                .description("Replicas of Redis that took over from their primary")
                .register(registry)::increment;
    }

    private void primaries(MeterRegistry registry, String tag, boolean replicated) {
        Gauge.builder("holdfast.storage.redis.primaries", () -> count(replicated))
                .description("Primaries of Redis that hold data, by whether they have a replica")
                .tag("replicated", tag)
                .register(registry);
    }

    private double count(boolean replicated) {
        if (!known) {
            return Double.NaN;
        }
        try {
            return primaries(client.getPartitions().getPartitions(), replicated);
        } catch (RedisException _) {
            return Double.NaN;
        }
    }

    /// @param replicated whether those with a replica count, or those without
    static long primaries(List<RedisClusterNode> nodes, boolean replicated) {
        Set<String> followed = nodes.stream()
                .filter(node -> node.getRole().isReplica() && isThere(node))
                .map(RedisClusterNode::getSlaveOf)
                .collect(Collectors.toSet());
        return nodes.stream()
                .filter(TopologyMetrics::holdsData)
                .filter(node -> followed.contains(node.getNodeId()) == replicated)
                .count();
    }

    private void hear(Event event) {
        switch (event) {
            case ConnectionActivatedEvent _ -> known = true;
            case ClusterTopologyChangedEvent changed -> {
                for (long i = failovers(changed.before(), changed.after()); i > 0; i--) {
                    failedOver.run();
                }
            }
            default -> {}
        }
    }

    /// How many nodes hold data that were replicas.
    static long failovers(List<RedisClusterNode> before, List<RedisClusterNode> after) {
        Set<String> replicas = before.stream()
                .filter(Predicate.not(TopologyMetrics::holdsData))
                .filter(node -> node.getRole().isReplica())
                .map(RedisClusterNode::getNodeId)
                .collect(Collectors.toSet());
        return after.stream()
                .filter(TopologyMetrics::holdsData)
                .filter(node -> replicas.contains(node.getNodeId()))
                .count();
    }

    private static boolean holdsData(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.getSlots().isEmpty();
    }

    private static boolean isThere(RedisClusterNode node) {
        return node.isConnected() && node.getFlags().stream().noneMatch(AWAY::contains);
    }

    @Override
    public void close() {
        events.dispose();
    }
}
