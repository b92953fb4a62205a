package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import io.holdfast.launcher.supervisor.ControlClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Commands to one process of a running platform.
abstract class ProcessCommands implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "gateway-1, app-1, storage-1, redis-1, …")
    private String name = "";

    @Mixin
    private DataOption data = new DataOption();

    private final String verb;

    private ProcessCommands(String verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() {
        if (!name.matches("[a-z0-9-]+")) {
            throw new LauncherException("There is no process '" + name + "'. '"
                    + Script.own().command("status", data.directory()) + "' lists them.");
        }
        System.out.println(ControlClient.connect(data.directory()).post("/processes/" + name + "/" + verb)
                + advice(name, data.directory()));
        return 0;
    }

    /// What to add to the supervisor's answer.
    String advice(String process, DataDirectory directory) {
        return "";
    }

    @Command(name = "kill", description = "Ends one process at once (SIGKILL), as a crash would; it is started again.")
    static final class Kill extends ProcessCommands {
        Kill() {
            super("kill");
        }
    }

    @Command(name = "stop", description = "Stops one process gracefully; it stays stopped until 'start'.")
    static final class Stop extends ProcessCommands {
        Stop() {
            super("stop");
        }

        @Override
        String advice(String process, DataDirectory directory) {
            return " Start it again with: " + Script.own().command("start " + process, directory);
        }
    }

    @Command(name = "start", description = "Starts one process that was stopped.")
    static final class Start extends ProcessCommands {
        Start() {
            super("start");
        }
    }
}
