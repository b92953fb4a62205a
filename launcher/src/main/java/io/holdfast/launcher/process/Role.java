package io.holdfast.launcher.process;

import java.util.Locale;

/// What a process is in the platform, in the order in which processes are stopped: those who ask
/// before those who are asked.
public enum Role {
    GATEWAY,
    APP,
    STORAGE,
    REDIS;

    /// `app`, and so `app-1`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String instance(int number) {
        return label() + "-" + number;
    }
}
