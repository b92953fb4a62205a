package io.holdfast.launcher.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// A cluster on this machine, for tests: real servers as child processes, which end with this JVM at
/// the latest. Started again on the same folder it is the same cluster with the same data, on whatever ports.
public final class RedisCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<RedisServer> servers;
    private final int primaries;
    private final String password;

    private RedisCluster(List<RedisServer> servers, int primaries, String password) {
        this.servers = servers;
        this.primaries = primaries;
        this.password = password;
    }

    /// Three primaries and three replicas.
    ///
    /// @param firstPort 0 for any free ports
    public static RedisCluster start(Path directory, int firstPort, String password) {
        return start(directory, firstPort, 3, 3, password);
    }

    /// Returns when the cluster is complete and in sync. Nodes 0 to `primaries - 1` begin as primaries;
    /// the others are their replicas in turn. Node `i` listens on `firstPort + i` and keeps its data in
    /// the folder `redis-(i+1)`.
    ///
    /// @param firstPort 0 for any free ports
    public static RedisCluster start(Path directory, int firstPort, int primaries, int replicas, String password) {
        int nodes = primaries + replicas;
        int first = firstPort == 0 ? FreePorts.first(nodes, RedisConf.BUS_OFFSET) : firstPort;
        RedisBinary binary = RedisBinary.find();
        List<RedisConf> confs = IntStream.range(0, nodes)
                .mapToObj(i -> new RedisConf(directory.resolve("redis-" + (i + 1)), first + i, true, password))
                .toList();
        WrittenAddresses.setRight(confs);
        List<RedisServer> servers =
                confs.stream().map(conf -> new RedisServer(binary, conf)).toList();
        RedisCluster cluster = new RedisCluster(servers, primaries, password);
        try {
            servers.forEach(RedisServer::start);
            servers.forEach(RedisServer::awaitAnswer);
            cluster.formation().form();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public List<NodeAddress> nodes() {
        return servers.stream().map(RedisServer::address).toList();
    }

    /// `127.0.0.1:7001,127.0.0.1:7002,…`, as `spring.data.redis.cluster.nodes` takes it.
    public String addresses() {
        return NodeAddress.join(nodes());
    }

    public String password() {
        return password;
    }

    public RedisAdmin admin(int index) {
        return servers.get(index).admin();
    }

    /// Ends a node at once, as a crash would. Its replica takes over after [RedisConf#NODE_TIMEOUT] and
    /// about a second for the election.
    public void kill(int index) {
        servers.get(index).kill();
    }

    /// Starts a node that was killed and waits until it answers, not until it is in sync.
    public void start(int index) {
        servers.get(index).start();
        servers.get(index).awaitAnswer();
    }

    /// Waits until all nodes run, agree that the cluster is complete, and replicas are in sync.
    public void awaitHealthy() {
        formation().awaitHealthy();
    }

    private ClusterFormation formation() {
        return new ClusterFormation(nodes(), primaries, password, PATIENCE);
    }

    /// Ends all nodes; what they had is on disk.
    @Override
    public void close() {
        servers.forEach(RedisServer::terminate);
        servers.forEach(RedisServer::close);
    }
}
