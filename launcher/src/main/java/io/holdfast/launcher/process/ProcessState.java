package io.holdfast.launcher.process;

import java.util.Locale;

/// Where a process is in its life.
public enum ProcessState {
    /// Nobody wants it to run.
    STOPPED,
    /// It runs and has not been ready yet.
    STARTING,
    READY,
    /// It was ready, and says it is not now.
    UNREADY,
    /// It died and waits for its next start.
    RESTARTING,
    /// It was asked to end and has not yet.
    STOPPING;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
