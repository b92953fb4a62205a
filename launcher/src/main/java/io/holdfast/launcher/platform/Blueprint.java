package io.holdfast.launcher.platform;

import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.jvm.PreparedService;
import io.holdfast.launcher.process.BeforeRestart;
import io.holdfast.launcher.process.HttpReadiness;
import io.holdfast.launcher.process.ProcessPlan;
import io.holdfast.launcher.process.Readiness;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.redis.ClusterHandover;
import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.redis.RedisBinary;
import io.holdfast.launcher.redis.RedisConf;
import io.holdfast.launcher.redis.RedisException;
import io.holdfast.launcher.redis.WrittenAddresses;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Turns a size into the processes it takes.
public record Blueprint(PlatformSize size, DataDirectory directory) {
    // Longer than the thirty seconds that Boot gives running requests.
    private static final Duration SERVICE_GRACE = Duration.ofSeconds(35);
    private static final Duration REDIS_GRACE = Duration.ofSeconds(30);
    // Longer than the cluster itself takes to notice a death and elect.
    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(8);

    /// The Redis servers of our own, if any; writes their configuration.
    public List<ProcessPlan> redis(RedisBinary binary, String password) {
        boolean cluster = size.redis() instanceof RedisChoice.Cluster;
        List<RedisConf> confs = IntStream.rangeClosed(1, size.redis().ownNodes())
                .mapToObj(i -> new RedisConf(
                        directory.redis(Role.REDIS.instance(i)), size.ports().port(Role.REDIS, i), cluster, password))
                .toList();
        if (cluster) {
            WrittenAddresses.setRight(confs);
        }
        return IntStream.rangeClosed(1, confs.size())
                .mapToObj(i -> redis(binary, Role.REDIS.instance(i), confs.get(i - 1)))
                .toList();
    }

    private ProcessPlan redis(RedisBinary binary, String name, RedisConf conf) {
        List<String> command = conf.write(binary);
        int port = conf.port();
        boolean cluster = conf.cluster();
        String password = conf.password();
        Readiness readiness = readiness(new RedisAdmin(NodeAddress.local(port), password), cluster);
        return new ProcessPlan(
                name,
                Role.REDIS,
                port,
                0,
                command,
                Map.of(),
                directory.log(name),
                readiness,
                REDIS_GRACE,
                cluster ? handover(port, password) : BeforeRestart.NOTHING);
    }

    private BeforeRestart handover(int port, String password) {
        List<NodeAddress> nodes = IntStream.rangeClosed(1, size.redis().ownNodes())
                .mapToObj(i -> NodeAddress.local(size.ports().port(Role.REDIS, i)))
                .toList();
        return new ClusterHandover(nodes, NodeAddress.local(port), password, HANDOVER_PATIENCE)::complete;
    }

    private static Readiness readiness(RedisAdmin admin, boolean cluster) {
        return () -> {
            try {
                return cluster ? admin.takesRequests() : admin.answers();
            } catch (IOException | RedisException e) {
                return false;
            }
        };
    }

    /// All instances of one service.
    public List<ProcessPlan> instances(PreparedService service, ServiceArguments arguments) {
        Role role = service.service().role();
        return instances(role, arguments, service::command, SERVICE_GRACE);
    }

    /// All instances of one service, run by a command of the caller's.
    ///
    /// @param command from a service's arguments
    public List<ProcessPlan> instances(
            Role role, ServiceArguments arguments, UnaryOperator<List<String>> command, Duration grace) {
        return IntStream.rangeClosed(1, count(role))
                .mapToObj(i -> instance(role, i, command.apply(arguments.of(role, i)), grace))
                .toList();
    }

    private ProcessPlan instance(Role role, int number, List<String> command, Duration grace) {
        String name = role.instance(number);
        int port = size.ports().port(role, number);
        return new ProcessPlan(
                name,
                role,
                port,
                PortPlan.management(port),
                command,
                environment(),
                directory.log(name),
                new HttpReadiness(URI.create("http://127.0.0.1:" + port + "/readyz")),
                grace);
    }

    /// Tells a service where the secrets are, and its C library not to set memory aside for every thread.
    private Map<String, String> environment() {
        return Map.of("HOLDFAST_SECRETS", directory.secrets().toString(), "MALLOC_ARENA_MAX", "2");
    }

    private int count(Role role) {
        return switch (role) {
            case GATEWAY -> 1;
            case APP -> size.apps();
            case STORAGE -> size.storages();
            case REDIS -> size.redis().ownNodes();
        };
    }
}
