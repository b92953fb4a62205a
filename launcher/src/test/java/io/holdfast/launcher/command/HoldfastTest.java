package io.holdfast.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HoldfastTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "balancer", "logs", "kill", "stop", "start", "import", "export"})
    void explainsEveryCommand(String command) {
        Run run = run(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("Usage: holdfast " + command, "--data=DIR");
    }

    @Test
    void answersMisuseWithASentence() {
        Run run = run("up", "--sideways");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEqualTo("""
                holdfast: Unknown option: '--sideways'
                Help: ./holdfast up --help
                """);
    }

    @Test
    void showsItsCommandsWhenNoneIsGiven() {
        Run run = run();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("Usage: holdfast", "import", "export");
    }

    @Test
    void saysWhatToDoWhenNothingRuns() {
        for (List<String> command : List.of(List.of("status"), List.of("kill", "app-1"), List.of("stop", "app-1"))) {
            Run run = run(Stream.concat(command.stream(), Stream.of("--data", folder.toString()))
                    .toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .isEqualTo("holdfast: Holdfast is not running from " + folder
                            + ". Start it with: ./holdfast up --data " + folder + "\n");
        }
    }

    @Test
    void saysWhereAnApiKeyComesFrom() {
        Run run = run("export", "--collection", "cities", "--data", folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains(folder.resolve("api-key").toString(), "--api-key-file");
    }

    private record Run(int exitCode, String output) {}

    private static Run run(String... arguments) {
        StringWriter output = new StringWriter();
        CommandLine line =
                Holdfast.commandLine().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));
        return new Run(line.execute(arguments), output.toString());
    }
}
