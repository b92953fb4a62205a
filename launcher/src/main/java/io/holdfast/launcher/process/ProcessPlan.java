package io.holdfast.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What to run and how to tell that it runs.
///
/// @param managementPort 0 if there is none
/// @param environment added to this process's own
/// @param grace how long a graceful end may take before the process is ended by force
public record ProcessPlan(
        String name,
        Role role,
        int port,
        int managementPort,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Readiness readiness,
        Duration grace,
        BeforeRestart beforeRestart) {

    public ProcessPlan {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// A process that may be started again as soon as it is dead.
    public ProcessPlan(
            String name,
            Role role,
            int port,
            int managementPort,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Readiness readiness,
            Duration grace) {
        this(name, role, port, managementPort, command, environment, log, readiness, grace, BeforeRestart.NOTHING);
    }

    public String address() {
        return (role == Role.REDIS ? "" : "http://") + "127.0.0.1:" + port;
    }
}
