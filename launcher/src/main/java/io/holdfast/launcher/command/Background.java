package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import io.holdfast.launcher.process.BoundedLog;
import io.holdfast.launcher.supervisor.Console;
import io.holdfast.launcher.supervisor.StateFile;
import io.holdfast.launcher.supervisor.SupervisorState;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a launcher in the background: shows what it prints until it is ready, and leaves it alone then.
final class Background {
    private static final int PAUSE_MILLIS = 100;
    private static final int FAILED = 1;

    private final DataDirectory directory;
    private final Console console;

    Background(DataDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /// @param arguments the launcher's, without `--detach`
    int run(List<String> arguments) throws IOException, InterruptedException {
        Path log = directory.log("supervisor");
        new BoundedLog(log).keepBounded();
        long shown = Files.exists(log) ? Files.size(log) : 0;
        Process launcher = start(arguments, log);
        Thread onInterrupt = new Thread(() -> abandon(launcher), "abandon");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        boolean alive;
        do {
            alive = !launcher.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            boolean ready = isReady(launcher);
            shown = relay(log, shown);
            if (ready) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
                console.say("It runs in the background. End it with: "
                        + Script.own().command("down", directory));
                return 0;
            }
        } while (alive);
        return FAILED;
    }

    private static Process start(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Holdfast.class.getName());
        command.addAll(arguments);
        Process launcher = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return launcher;
    }

    private boolean isReady(Process launcher) {
        Optional<SupervisorState> state = StateFile.in(directory).read();
        return state.isPresent()
                && state.get().ready()
                && state.get().supervisor().pid() == launcher.pid();
    }

    private long relay(Path log, long from) throws IOException {
        try (var channel = Files.newByteChannel(log)) {
            if (channel.size() <= from) {
                return from;
            }
            byte[] bytes = new byte[Math.toIntExact(channel.size() - from)];
            channel.position(from);
            int read = channel.read(ByteBuffer.wrap(bytes));
            console.out().write(bytes, 0, Math.max(0, read));
            console.out().flush();
            return from + Math.max(0, read);
        } catch (NoSuchFileException e) {
            throw new LauncherException("The log " + log + " has disappeared.", e);
        }
    }

    /// Whoever interrupts the start does not want a half-started platform.
    private static void abandon(Process launcher) {
        launcher.destroy();
        try {
            launcher.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
