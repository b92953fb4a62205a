package io.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Prometheus' own tool finds the configuration and the rules well-formed, and its unit tests of them
/// pass. Skipped where there is no `promtool`, which comes with Prometheus.
class AlertRulesTest {
    @Test
    void promtoolFindsNothingWrong() throws IOException, InterruptedException {
        assertThat(promtool("check", "config", "prometheus.yml")).contains("SUCCESS");
    }

    @Test
    void promtoolsUnitTestsPass() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("test", "rules"));
        Monitoring.files(Monitoring.FOLDER.resolve("prometheus/tests"), ".yml")
                .forEach(file -> command.add(file.toString()));
        assertThat(command).hasSizeGreaterThan(2);
        assertThat(promtool(command.toArray(String[]::new))).contains("SUCCESS").doesNotContain("FAILED");
    }

    /// Without a test that makes it fire, nobody knows whether an alert ever does.
    @Test
    void everyAlertIsTested() {
        String tests = Monitoring.files(Monitoring.FOLDER.resolve("prometheus/tests"), ".yml").stream()
                .map(Monitoring::text)
                .collect(Collectors.joining());
        Set<String> untested = new TreeSet<>();
        for (Manifest rule : Monitoring.rules()) {
            if (rule.has("alert") && !tests.contains("exp_alerts:  # " + rule.text("alert") + "\n")) {
                untested.add(rule.text("alert"));
            }
        }
        assertThat(untested).isEmpty();
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        for (Manifest rule : Monitoring.rules()) {
            if (rule.has("alert")) {
                assertThat(rule.text("labels/severity")).isIn("warning", "critical");
                assertThat(rule.has("annotations/summary")).isTrue();
                assertThat(rule.has("annotations/description")).isTrue();
            }
        }
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeThat(there)
                .as("promtool is not on the PATH, so Prometheus' rules are not tested; it comes with Prometheus")
                .isTrue();
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(Monitoring.FOLDER.resolve("prometheus").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
