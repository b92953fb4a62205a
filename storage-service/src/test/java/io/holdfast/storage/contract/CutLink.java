package io.holdfast.storage.contract;

import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.ClusterHandover;
import io.holdfast.launcher.redis.ClusterNode;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.redis.RedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A replica that does not hear from its primary any more, as its password for it is wrong: what the
/// primary takes from now on is lost when it dies. Closing this mends the link.
final class CutLink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisCluster cluster;
    private final int primary;
    private final RedisAdmin replica;

    private CutLink(RedisCluster cluster, int primary, RedisAdmin replica) {
        this.cluster = cluster;
        this.primary = primary;
        this.replica = replica;
    }

    /// Cuts the link of the replica of whichever primary holds a slot.
    static CutLink of(RedisCluster cluster, int slot) throws IOException {
        List<ClusterNode> nodes = cluster.admin(0).clusterNodes();
        ClusterNode primary = nodes.stream()
                .filter(node -> node.slots().stream().anyMatch(range -> range.first() <= slot && slot <= range.last()))
                .findFirst()
                .orElseThrow();
        ClusterNode replica = nodes.stream()
                .filter(node -> node.primaryId().equals(primary.id()))
                .findFirst()
                .orElseThrow();
        RedisAdmin admin = cluster.admin(cluster.nodes().indexOf(replica.address()));
        admin.ask("CONFIG", "SET", "masterauth", "wrong");
        admin.ask("CLIENT", "KILL", "TYPE", "master");
        await().atMost(PATIENCE)
                .until(() ->
                        admin.field("master_link_status", "INFO", "replication").equals(Optional.of("down")));
        return new CutLink(cluster, cluster.nodes().indexOf(primary.address()), admin);
    }

    /// Kills the primary and waits until the replica has taken over without what it did not hear of.
    void killPrimary() throws InterruptedException, IOException {
        cluster.kill(primary);
        new ClusterHandover(cluster.nodes(), cluster.nodes().get(primary), cluster.password(), PATIENCE)
                .complete(() -> true);
        await().atMost(PATIENCE)
                .until(() -> replica.field("role", "INFO", "replication").equals(Optional.of("master")));
    }

    @Override
    public void close() throws IOException {
        mend();
    }

    /// Mends the link, and starts the primary again where it was killed. May be done twice.
    void mend() throws IOException {
        replica.ask("CONFIG", "SET", "masterauth", cluster.password());
        cluster.start(primary);
        cluster.awaitHealthy();
    }
}
