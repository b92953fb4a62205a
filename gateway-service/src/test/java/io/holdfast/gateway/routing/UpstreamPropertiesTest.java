package io.holdfast.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

class UpstreamPropertiesTest {
    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withUserConfiguration(Upstream.class);

    @Test
    void hasDefaults() {
        contexts.run(context -> assertThat(context.getBean(UpstreamProperties.class))
                .isEqualTo(new UpstreamProperties(
                        Duration.ofSeconds(1), List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON))));
    }

    @Test
    void bindsEveryProperty() {
        contexts.withPropertyValues(
                        "holdfast.gateway.upstream.connect-timeout=2s",
                        "holdfast.gateway.upstream.flushed-media-types=text/plain")
                .run(context -> assertThat(context.getBean(UpstreamProperties.class))
                        .isEqualTo(new UpstreamProperties(Duration.ofSeconds(2), List.of(MediaType.TEXT_PLAIN))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-timeout=0s", "connect-timeout=2m", "flushed-media-types=nothing at all"})
    void refusesWhatMakesNoSense(String property) {
        contexts.withPropertyValues("holdfast.gateway.upstream." + property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(UpstreamProperties.class)
    static class Upstream {}
}
