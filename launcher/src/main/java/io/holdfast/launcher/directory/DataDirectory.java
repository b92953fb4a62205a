package io.holdfast.launcher.directory;

import io.holdfast.launcher.LauncherException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Where things are below the data folder. Folders are made for their owner only, because they hold
/// secrets and documents.
public final class DataDirectory {
    private final Path root;

    public DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path apiKey() {
        return root.resolve("api-key");
    }

    /// One file per property; the services read it as a configuration tree.
    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path redis(String node) {
        return root.resolve("redis").resolve(node);
    }

    /// What the running platform is, for the commands that talk to it.
    public Path state() {
        return root.resolve("state.json");
    }

    /// Locked by the supervisor for as long as it lives.
    public Path lock() {
        return root.resolve("lock");
    }

    /// How far interrupted imports came.
    public Path imports() {
        return root.resolve("imports");
    }

    /// The data folder of the small platform that rehearses a start.
    public DataDirectory rehearsal() {
        return new DataDirectory(root.resolve("rehearsal"));
    }

    /// Removes it with all that is in it; does nothing where there is none.
    public void delete() throws IOException {
        FileTree.delete(root);
    }

    /// Makes the folders, and makes sure that they can be written to.
    public void create() {
        try {
            createPrivate(root);
            createPrivate(secrets());
            createPrivate(logs());
            Files.delete(Files.createTempFile(root, "probe", null));
        } catch (IOException e) {
            throw new LauncherException(
                    "The data folder " + root + " cannot be written to (" + reason(e)
                            + "). Make it writable, or choose another one with --data.",
                    e);
        }
    }

    public static void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case FileSystemException system ->
                Optional.ofNullable(system.getReason()).orElse(system.getClass().getSimpleName());
            default -> String.valueOf(e.getMessage());
        };
    }
}
