package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Keeps [SupervisorState] in the data folder, readable by its owner only.
public record StateFile(Path path) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static StateFile in(DataDirectory directory) {
        return new StateFile(directory.state());
    }

    public void write(SupervisorState state) {
        try {
            PrivateFile.write(path, JSON.writeValueAsString(state));
        } catch (IOException e) {
            throw new LauncherException(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// Empty if there is none, or one that cannot be understood: then nothing is known to run.
    public Optional<SupervisorState> read() {
        try {
            return Optional.of(JSON.readValue(Files.readString(path), SupervisorState.class));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LauncherException(
                    path + " cannot be read (" + e.getMessage() + "). Is it another user's platform?", e);
        }
    }

    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
