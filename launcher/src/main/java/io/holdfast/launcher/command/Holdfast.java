package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.Script;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/// The command `holdfast`.
@Command(
        name = "holdfast",
        description = "Runs the whole Holdfast platform on this machine: Redis Cluster, storage, app and gateway.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Holdfast.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Balancer.class,
            Logs.class,
            ProcessCommands.Kill.class,
            ProcessCommands.Stop.class,
            ProcessCommands.Start.class,
            Import.class,
            Export.class
        })
final class Holdfast {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Holdfast() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Holdfast())
                .setParameterExceptionHandler((e, _) -> misused(e))
                .setExecutionExceptionHandler((e, line, _) -> failed(e, line))
                .setUsageHelpAutoWidth(true);
    }

    private static int misused(CommandLine.ParameterException e) {
        CommandLine line = e.getCommandLine();
        complain(line.getErr(), e.getMessage());
        if (line.getParent() == null) {
            line.usage(line.getErr());
        } else {
            line.getErr().println("Help: " + Script.own().command(line.getCommandName() + " --help"));
        }
        return MISUSED;
    }

    /// What a user can set right is one message; anything else is a defect, and its trace is wanted.
    private static int failed(Exception e, CommandLine line) {
        if (e instanceof LauncherException) {
            complain(line.getErr(), e.getMessage());
        } else {
            complain(line.getErr(), "This is a defect of the launcher; please report it with what follows.");
            e.printStackTrace(line.getErr());
        }
        return FAILED;
    }

    private static void complain(PrintWriter err, @Nullable String message) {
        err.println("holdfast: " + message);
        err.flush();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Holdfast.class.getPackage().getImplementationVersion();
            return new String[] {"Holdfast " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
