package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.platform.RedisLocation;
import io.holdfast.launcher.process.ProcessState;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.process.SupervisedProcess;
import io.holdfast.launcher.redis.ClusterNode;
import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.redis.RedisException;
import io.holdfast.launcher.supervisor.PlatformStatus.RedisStatus;
import io.holdfast.launcher.supervisor.PlatformStatus.ServiceStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Puts together what runs. What Redis says of itself is asked at that moment.
public final class StatusReport {
    private final String url;
    private final Supervisor supervisor;
    private final RedisLocation redis;
    private final String redisPassword;

    public StatusReport(String url, Supervisor supervisor, RedisLocation redis, String redisPassword) {
        this.url = url;
        this.supervisor = supervisor;
        this.redis = redis;
        this.redisPassword = redisPassword;
    }

    public PlatformStatus now() {
        List<ServiceStatus> services = supervisor.processes().stream()
                .filter(process -> process.plan().role() != Role.REDIS)
                .sorted((a, b) -> a.plan().role().compareTo(b.plan().role()))
                .map(StatusReport::service)
                .toList();
        List<RedisStatus> nodes = IntStream.range(0, redis.nodes().size())
                .parallel()
                .mapToObj(i -> redis(Role.REDIS.instance(i + 1), redis.nodes().get(i)))
                .toList();
        return new PlatformStatus(url, services, nodes);
    }

    private static ServiceStatus service(SupervisedProcess process) {
        return new ServiceStatus(
                process.plan().name(),
                process.plan().role().label(),
                pid(process),
                process.plan().port(),
                process.plan().managementPort(),
                process.state().label());
    }

    private static @Nullable Long pid(SupervisedProcess process) {
        return process.handle().map(ProcessHandle::pid).orElse(null);
    }

    private RedisStatus redis(String name, NodeAddress address) {
        Optional<SupervisedProcess> own = supervisor.processes().stream()
                .filter(process -> process.plan().name().equals(name))
                .findFirst();
        Long pid = own.map(StatusReport::pid).orElse(null);
        try {
            RedisAdmin admin = new RedisAdmin(address, redisPassword);
            Integer slots = redis.cluster() ? admin.self().slotCount() : null;
            String state = own.map(process -> process.state().label()).orElse(ProcessState.READY.label());
            return new RedisStatus(name, pid, address.host(), address.port(), role(admin), slots, admin.keys(), state);
        } catch (IOException | RedisException e) {
            String state = own.map(process -> process.state().label()).orElse(ProcessState.UNREADY.label());
            return new RedisStatus(name, pid, address.host(), address.port(), null, null, null, state);
        }
    }

    private String role(RedisAdmin admin) throws IOException {
        if (redis.cluster()) {
            ClusterNode self = admin.self();
            return self.isPrimary() ? "primary" : "replica";
        }
        return admin.field("role", "INFO", "replication").equals(Optional.of("master")) ? "primary" : "replica";
    }
}
