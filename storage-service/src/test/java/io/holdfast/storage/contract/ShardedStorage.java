package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.ClusterHandover;
import io.holdfast.launcher.redis.ClusterNode;
import io.holdfast.launcher.redis.RedisCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// A storage service on a Redis Cluster of its own, whose nodes can be killed.
record ShardedStorage(RedisCluster cluster, StorageService service) implements AutoCloseable {
    private static final String PASSWORD = "sharded-test-password";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// @param settings of the service beyond where its Redis is
    static ShardedStorage start(Path directory, String... settings) {
        RedisCluster cluster = RedisCluster.start(directory, 0, PASSWORD);
        String[] all = Stream.concat(
                        Stream.of(
                                "--spring.data.redis.cluster.nodes=" + cluster.addresses(),
                                "--spring.data.redis.password=" + PASSWORD),
                        Stream.of(settings))
                .toArray(String[]::new);
        return new ShardedStorage(cluster, new StorageService(all));
    }

    ClusterNode somePrimary() throws IOException {
        List<ClusterNode> primaries = cluster.admin(0).clusterNodes().stream()
                .filter(node -> node.isPrimary() && !node.slots().isEmpty())
                .toList();
        return primaries.get(ThreadLocalRandom.current().nextInt(primaries.size()));
    }

    /// Kills a primary, and starts it again when another one has taken its place: it comes back as a replica.
    void kill(ClusterNode victim) throws IOException, InterruptedException {
        int index = cluster.nodes().indexOf(victim.address());
        cluster.kill(index);
        new ClusterHandover(cluster.nodes(), victim.address(), PASSWORD, PATIENCE).complete(() -> true);
        cluster.start(index);
        // It believes to be primary until it has heard from the others, and takes no writes before that.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cluster.admin(index).self().slots())
                        .as("slots of %s", victim)
                        .isEmpty());
        cluster.awaitHealthy();
    }

    @Override
    public void close() {
        service.close();
        cluster.close();
    }
}
