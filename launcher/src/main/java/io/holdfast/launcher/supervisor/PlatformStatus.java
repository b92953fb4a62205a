package io.holdfast.launcher.supervisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs, as `status --json` prints it.
public record PlatformStatus(String url, List<ServiceStatus> processes, List<RedisStatus> redis) {

    /// @param pid absent while it does not run
    /// @param state as in [io.holdfast.launcher.process.ProcessState#label()]
    public record ServiceStatus(
            String name, String role, @Nullable Long pid, int port, int managementPort, String state) {}

    /// @param pid absent while it does not run, and for a server that is not ours
    /// @param role `primary` or `replica`; absent if the server does not answer
    /// @param slots how many hash slots it owns; absent outside a cluster
    public record RedisStatus(
            String name,
            @Nullable Long pid,
            String host,
            int port,
            @Nullable String role,
            @Nullable Integer slots,
            @Nullable Long keys,
            String state) {}
}
