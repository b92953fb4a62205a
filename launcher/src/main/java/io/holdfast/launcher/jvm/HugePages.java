package io.holdfast.launcher.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a process may ask for transparent huge pages (Linux, admin-guide/mm/transhuge).
final class HugePages {
    private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private HugePages() {}

    static boolean available() {
        return available(SETTING);
    }

    /// @param setting the choices, the one that is made in brackets
    static boolean available(Path setting) {
        try {
            return !Files.readString(setting).contains("[never]");
        } catch (IOException _) {
            return false; // another system, or one that does not tell
        }
    }
}
