package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.process.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Processes that outlived their supervisor. They are known by id and start time, so nobody else's
/// process that got the same id is touched.
public final class Orphans {
    private static final Duration GRACE = Duration.ofSeconds(40);

    private Orphans() {}

    /// Those that are still alive.
    public static List<SupervisorState.Child> of(SupervisorState state) {
        return state.processes().stream()
                .filter(child -> child.identity().find().isPresent())
                .toList();
    }

    /// Ends them gracefully, in the usual order, so that Redis writes out what it has.
    public static void end(SupervisorState state, Console console) throws InterruptedException {
        for (Role role : Role.values()) {
            List<SupervisorState.Child> tier = of(state).stream()
                    .filter(child -> child.role().equals(role.label()))
                    .toList();
            if (!tier.isEmpty()) {
                console.say("Ending what an earlier supervisor left running: "
                        + tier.stream().map(SupervisorState.Child::name).collect(Collectors.joining(", ")) + " …");
                endTogether(tier);
            }
        }
    }

    private static void endTogether(List<SupervisorState.Child> tier) throws InterruptedException {
        signal(tier, ProcessHandle::destroy);
        for (SupervisorState.Child child : tier) {
            if (!child.identity().awaitEnd(GRACE)) {
                signal(List.of(child), ProcessHandle::destroyForcibly);
                child.identity().awaitEnd(GRACE);
            }
        }
    }

    private static void signal(List<SupervisorState.Child> children, Consumer<ProcessHandle> signal) {
        children.stream().flatMap(child -> child.identity().find().stream()).forEach(signal);
    }
}
