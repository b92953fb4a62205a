package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import io.holdfast.launcher.process.ProcessIdentity;
import io.holdfast.launcher.supervisor.Console;
import io.holdfast.launcher.supervisor.ControlClient;
import io.holdfast.launcher.supervisor.Orphans;
import io.holdfast.launcher.supervisor.StateFile;
import io.holdfast.launcher.supervisor.SupervisorState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stops the platform gracefully: gateway, app, storage, Redis. The data stay.")
final class Down implements Callable<Integer> {
    // Each of the four tiers may take its grace.
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException, IOException {
        DataDirectory directory = data.directory();
        Console console = Console.standard();
        StateFile file = StateFile.in(directory);
        Optional<SupervisorState> state = file.read();
        if (state.isEmpty()) {
            console.say("Holdfast is not running from " + directory.root() + ".");
            return 0;
        }
        Optional<ProcessHandle> supervisor = state.get().supervisor().find();
        if (supervisor.isPresent()) {
            console.say("Stopping …");
            askToStop(directory, supervisor.get());
            awaitEnd(state.get().supervisor());
        }
        Orphans.end(file.read().orElse(state.get()), console);
        file.delete();
        console.say("Stopped.");
        return 0;
    }

    /// One that does not take commands, perhaps because it is still starting, gets a signal.
    private static void askToStop(DataDirectory directory, ProcessHandle supervisor) {
        try {
            ControlClient.connect(directory).post("/shutdown");
        } catch (LauncherException e) {
            supervisor.destroy();
        }
    }

    private void awaitEnd(ProcessIdentity supervisor) throws InterruptedException {
        if (!supervisor.awaitEnd(PATIENCE)) {
            throw new LauncherException("The supervisor (pid " + supervisor.pid() + ") has not ended within "
                    + PATIENCE.toSeconds() + " s. Its log says why; 'kill -9 " + supervisor.pid()
                    + "' ends it, and another '" + Script.own().command("down", data.directory()) + "' the rest.");
        }
    }
}
