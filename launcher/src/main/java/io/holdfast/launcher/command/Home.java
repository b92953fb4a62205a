package io.holdfast.launcher.command;

import java.nio.file.Path;

/// The project's folder; the script tells.
final class Home {
    private Home() {}

    static Path path() {
        return Path.of(System.getProperty("holdfast.home", "")).toAbsolutePath().normalize();
    }
}
