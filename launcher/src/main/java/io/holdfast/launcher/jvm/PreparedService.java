package io.holdfast.launcher.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /// Whether a cache could be there and is not.
    public boolean lacksCache() {
        return !hasCache() && Files.isDirectory(folder) && jar.startsWith(folder);
    }

    /// The command of an instance that records an AOT cache as it ends.
    public List<String> recordingCommand(List<String> arguments) {
        return command(List.of("-XX:AOTCacheOutput=" + recording()), arguments);
    }

    /// Makes the recorded cache the one that instances use.
    ///
    /// @throws IOException where none was recorded
    public void adoptRecording() throws IOException {
        if (!Files.isRegularFile(recording()) || Files.size(recording()) == 0) {
            throw new IOException(service.module() + " recorded no AOT cache");
        }
        Files.move(recording(), cache(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Launchers that rehearse at the same time keep out of each other's way.
    private Path recording() {
        return folder.resolve("aot-cache." + ProcessHandle.current().pid() + ".part");
    }

    private List<String> command(List<String> jvmOptions, List<String> arguments) {
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
