package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the Dockerfiles promise, as they are written.
class ImagesTest {
    private static final String SERVICE = "deployment/images/service/Dockerfile";
    private static final String REDIS = "deployment/images/redis-node/Dockerfile";

    @ParameterizedTest
    @ValueSource(strings = {SERVICE, REDIS})
    void buildsOnABaseThatIsPinned(String file) {
        List<String> lines = Project.lines(file);
        Set<String> stages = all("(?m)^FROM \\S+ AS (\\S+)$", file);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("ARG BASE="))
                .singleElement()
                .asString()
                .matches("ARG BASE=[a-z/-]+:[0-9][a-z0-9.-]+");
        assertThat(all("(?m)^FROM (\\S+)", file)).allMatch(base -> base.equals("${BASE}") || stages.contains(base));
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVICE, REDIS})
    void runsAsAUserThatIsNotRoot(String file) {
        List<String> users = Project.lines(file).stream()
                .filter(line -> line.startsWith("USER "))
                .toList();
        assertThat(users).last().asString().matches("USER ([1-9][0-9]+|\\$\\{UID}):([1-9][0-9]+|\\$\\{UID})");
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVICE, REDIS})
    void hasAHealthCheckLabelsAndNoSecret(String file) {
        String text = Project.read(file);
        assertThat(text)
                .contains("HEALTHCHECK ")
                .contains("org.opencontainers.image.title", "org.opencontainers.image.version")
                .contains("org.opencontainers.image.licenses=\"Apache-2.0\"")
                .doesNotContainIgnoringCase("password", "credential", "api-key")
                .doesNotContain("ADD http", "curl ", "wget ");
    }

    @Test
    void sendsNothingToTheEngineButWhatImagesAreMadeOf() {
        List<String> patterns = Project.lines(".dockerignore").stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(patterns).first().isEqualTo("*");
        assertThat(patterns)
                .allMatch(pattern -> pattern.equals("*")
                        || pattern.equals("!deployment/images")
                        || pattern.matches("!([a-z-]+)/target/\\1-\\*\\.jar"));
    }

    private static Set<String> all(String pattern, String file) {
        return Pattern.compile(pattern)
                .matcher(Project.read(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
