package io.holdfast.launcher.jvm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A service's jar unpacked for a fast start, perhaps with an AOT cache beside it.
///
/// @param folder holds the jar and the libraries its manifest refers to
public record PreparedService(Service service, Path folder, Path jar) {
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    Path cache() {
        return folder.resolve("aot-cache");
    }

    boolean hasCache() {
        return Files.isRegularFile(cache());
    }

    /// The command that runs an instance.
    public List<String> command(List<String> arguments) {
        return command(hasCache() ? List.of("-XX:AOTCache=" + cache()) : List.of(), arguments);
    }

    List<String> command(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(service.jvmOptions());
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        return command;
    }
}
