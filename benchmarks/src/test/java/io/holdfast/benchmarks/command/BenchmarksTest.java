package io.holdfast.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchmarksTest {
    private final StringWriter errors = new StringWriter();
    private final CommandLine line = Benchmarks.commandLine().setErr(new PrintWriter(errors));

    @Test
    void hasTheCommandsThatTheReadmeNames() {
        assertThat(line.getSubcommands())
                .containsOnlyKeys("compare", "document", "simulate", "pick", "origins", "load");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "compare --scenarios=sunny, There is no scenario 'sunny'",
                "load http://127.0.0.1:1/ --rate=10 --duration=often, 'often' is no duration",
                "load https://127.0.0.1:1/ --rate=10, is no http URI",
                "simulate --strategies=best, There is no load-balancing strategy 'best'"
            })
    void saysWhatIsWrong(String arguments, String complaint) {
        assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(errors.toString()).contains(complaint);
    }
}
