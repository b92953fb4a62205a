package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/// Makes sure that one data folder has one supervisor. The system releases the lock when the process
/// ends, however it ends.
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    public static DirectoryLock acquire(DataDirectory directory) {
        try {
            FileChannel channel =
                    FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new LauncherException(directory.lock() + " cannot be locked: " + e.getMessage(), e);
        }
        Script script = Script.own();
        throw new LauncherException("Holdfast is running from " + directory.root() + " already" + who(directory)
                + ". Look at it with '" + script.command("status", directory) + "', end it with '"
                + script.command("down", directory) + "', or run a second one with another --data and --port.");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String who(DataDirectory directory) {
        return StateFile.in(directory)
                .read()
                .map(state -> " (pid " + state.supervisor().pid() + ", " + state.url() + ")")
                .orElse("");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
