package io.holdfast.launcher.platform;

import io.holdfast.launcher.process.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The command-line arguments of a service instance. Secrets are not among them: every user of the
/// machine can read command lines.
public record ServiceArguments(PlatformSize size, RedisLocation redis) {
    private static final String LOOPBACK = "127.0.0.1";

    /// @param number counted from 1
    public List<String> of(Role role, int number) {
        int port = size.ports().port(role, number);
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.address=" + LOOPBACK);
        arguments.add("--server.port=" + port);
        arguments.add("--management.server.address=" + LOOPBACK);
        arguments.add("--management.server.port=" + PortPlan.management(port));
        switch (role) {
            case GATEWAY -> {
                arguments.add(instances("app-service", Role.APP, size.apps()));
                arguments.add("--holdfast.gateway.balancing.routes.api.operation-ids=true");
            }
            case APP -> arguments.add(instances("storage-service", Role.STORAGE, size.storages()));
            case STORAGE -> arguments.addAll(redis.arguments());
            case REDIS -> throw new IllegalArgumentException("Redis is no service of ours");
        }
        return arguments;
    }

    private String instances(String service, Role role, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "http://" + LOOPBACK + ":" + size.ports().port(role, i))
                .collect(Collectors.joining(",", "--holdfast.load-balancing.services." + service + ".instances=", ""));
    }
}
