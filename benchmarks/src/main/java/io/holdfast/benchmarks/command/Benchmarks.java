package io.holdfast.benchmarks.command;

import io.holdfast.benchmarks.Durations;
import io.holdfast.benchmarks.compare.CompareCommand;
import io.holdfast.benchmarks.document.DocumentCommand;
import io.holdfast.benchmarks.document.DurabilityCommand;
import io.holdfast.benchmarks.pick.PickCommand;
import io.holdfast.benchmarks.simulation.SimulateCommand;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands, each of which takes figures of one kind.
@Command(
        name = "benchmarks",
        description = "Takes the figures that Holdfast is judged by; see README.md.",
        subcommands = {
            OriginsCommand.class,
            LoadCommand.class,
            CompareCommand.class,
            DocumentCommand.class,
            DurabilityCommand.class,
            SimulateCommand.class,
            PickCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Benchmarks())
                .registerConverter(Duration.class, Durations::parse)
                .setExecutionExceptionHandler((exception, line, _) -> {
                    if (exception instanceof IllegalArgumentException) {
                        line.getErr().println(exception.getMessage());
                        return 2;
                    }
                    throw exception;
                });
    }
}
