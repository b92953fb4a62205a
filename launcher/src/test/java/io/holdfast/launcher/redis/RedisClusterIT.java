package io.holdfast.launcher.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisClusterIT {
    private static final String PASSWORD = "a-password_1";

    @TempDir
    private Path directory;

    @Test
    void formsThreePrimariesWithEvenSharesAndAReplicaEach() throws IOException {
        try (RedisCluster cluster = RedisCluster.start(directory, 0, PASSWORD)) {
            assertThat(cluster.nodes()).hasSize(6);
            List<ClusterNode> members = cluster.admin(5).clusterNodes();
            assertThat(slotsOf(members, cluster, 0)).isEqualTo("[0-5460]");
            assertThat(slotsOf(members, cluster, 1)).isEqualTo("[5461-10922]");
            assertThat(slotsOf(members, cluster, 2)).isEqualTo("[10923-16383]");
            for (int i = 0; i < 3; i++) {
                assertThat(cluster.admin(3 + i)
                                .self()
                                .isReplicaOf(cluster.admin(i).self()))
                        .isTrue();
            }
        }
    }

    @Test
    void keepsItsDataOverARestartOfAllNodes() throws IOException {
        int port = FreePorts.first(6, RedisConf.BUS_OFFSET);
        String id;
        try (RedisCluster cluster = RedisCluster.start(directory, port, PASSWORD)) {
            id = cluster.admin(0).self().id();
            set(cluster, "{06S}key", "value"); // slot 0
        }
        try (RedisCluster cluster = RedisCluster.start(directory, port, PASSWORD)) {
            assertThat(cluster.admin(0).self().id()).isEqualTo(id);
            assertThat(primaryOfSlotZero(cluster).ask("GET", "{06S}key")).isEqualTo("value");
        }
    }

    /// Each node's new port is the former one of another, as where a platform moves by one.
    @Test
    void keepsItsDataOnOtherPorts() throws IOException {
        int port = FreePorts.first(7, RedisConf.BUS_OFFSET);
        try (RedisCluster cluster = RedisCluster.start(directory, port, PASSWORD)) {
            set(cluster, "{06S}key", "value");
        }
        try (RedisCluster cluster = RedisCluster.start(directory, port + 1, PASSWORD)) {
            assertThat(primaryOfSlotZero(cluster).ask("GET", "{06S}key")).isEqualTo("value");
            assertThat(cluster.admin(5).clusterNodes())
                    .extracting(ClusterNode::address)
                    .containsExactlyInAnyOrderElementsOf(cluster.nodes());
        }
    }

    @Test
    void survivesTheDeathOfAPrimaryAndTakesItBackAsAReplica() throws IOException {
        try (RedisCluster cluster = RedisCluster.start(directory, 0, PASSWORD)) {
            set(cluster, "{06S}key", "value");
            cluster.kill(0);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> cluster.admin(3).self().isPrimary()
                            && cluster.admin(3).clusterOk());
            assertThat(cluster.admin(3).ask("GET", "{06S}key")).isEqualTo("value");
            cluster.start(0);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> !cluster.admin(0).self().isPrimary());
            cluster.awaitHealthy();
        }
    }

    @Test
    void completesAFormationThatWasCutOff() throws IOException {
        int port = FreePorts.first(3, RedisConf.BUS_OFFSET);
        RedisBinary binary = RedisBinary.find();
        try (RedisServer first = node(binary, 1, port);
                RedisServer second = node(binary, 2, port);
                RedisServer third = node(binary, 3, port)) {
            List<RedisServer> servers = List.of(first, second, third);
            servers.forEach(RedisServer::start);
            servers.forEach(RedisServer::awaitAnswer);
            first.admin().ask("CLUSTER", "ADDSLOTS", "0", "1", "2");
            second.admin().ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(port));
            new ClusterFormation(
                            servers.stream().map(RedisServer::address).toList(), 3, PASSWORD, Duration.ofSeconds(30))
                    .form();
            assertThat(first.admin().self().slots()).containsExactly(new SlotRange(0, 5460));
        }
    }

    @Test
    void keepsThePasswordInAFileForItsOwnerOnly() throws IOException {
        try (RedisServer server = RedisServer.start(directory, 0, PASSWORD)) {
            assertThat(server.admin().answers()).isTrue();
            assertThat(new RedisAdmin(server.address(), "another").answers()).isFalse();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("redis.conf"))))
                    .isEqualTo("rw-------");
        }
    }

    private RedisServer node(RedisBinary binary, int number, int firstPort) {
        Path folder = directory.resolve("redis-" + number);
        return new RedisServer(binary, new RedisConf(folder, firstPort + number - 1, true, PASSWORD));
    }

    private static String slotsOf(List<ClusterNode> members, RedisCluster cluster, int index) {
        return members.stream()
                .filter(member -> member.address().equals(cluster.nodes().get(index)))
                .findFirst()
                .orElseThrow()
                .slots()
                .toString();
    }

    private static RedisAdmin primaryOfSlotZero(RedisCluster cluster) throws IOException {
        return cluster.admin(cluster.admin(0).self().isPrimary() ? 0 : 3);
    }

    private static void set(RedisCluster cluster, String key, String value) throws IOException {
        try (RedisConnection connection = RedisConnection.open(cluster.nodes().getFirst(), PASSWORD)) {
            assertThat(connection.ask("SET", key, value)).isEqualTo("OK");
            assertThat(connection.ask("WAIT", "1", "5000")).isEqualTo("1");
        }
    }
}
