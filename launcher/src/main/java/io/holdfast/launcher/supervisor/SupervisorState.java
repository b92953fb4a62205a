package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.process.ProcessIdentity;
import java.util.List;

/// What a supervisor leaves in the data folder, for commands that talk to it and for the next one if
/// this one is killed.
///
/// @param control where it takes commands, or empty before it does
/// @param token what commands have to present
/// @param url where the platform serves its clients
/// @param ready whether everything has been ready once
public record SupervisorState(
        ProcessIdentity supervisor, String control, String token, String url, boolean ready, List<Child> processes) {

    /// @param role as in [io.holdfast.launcher.process.Role#label()]
    public record Child(String name, String role, ProcessIdentity identity) {}

    public boolean lives() {
        return supervisor.find().isPresent();
    }
}
