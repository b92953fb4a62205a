package io.holdfast.launcher.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.launcher.supervisor.PlatformStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WelcomeTest {
    @Test
    void printsCallsThatAShellUnderstands() {
        PlatformStatus status = new PlatformStatus("http://127.0.0.1:8080", List.of(), List.of());

        List<String> lines = new Welcome(status, Path.of("/my data/api-key")).lines();

        assertThat(lines)
                .filteredOn(line -> line.contains("curl"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "-H \"Authorization: Bearer $(cat '/my data/api-key')\"",
                                "http://127.0.0.1:8080/api/v1/"));
    }
}
