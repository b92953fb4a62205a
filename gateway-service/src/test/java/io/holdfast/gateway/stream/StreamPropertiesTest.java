package io.holdfast.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class StreamPropertiesTest {
    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withUserConfiguration(Streams.class);

    @Test
    void hasDefaults() {
        contexts.run(context -> assertThat(context.getBean(StreamProperties.class))
                .isEqualTo(new StreamProperties(Duration.ofMinutes(10), DataSize.ofMegabytes(1))));
    }

    @Test
    void bindsEveryProperty() {
        contexts.withPropertyValues(
                        "holdfast.gateway.streams.quiet-time=2h", "holdfast.gateway.streams.frame-size=64MB")
                .run(context -> assertThat(context.getBean(StreamProperties.class))
                        .isEqualTo(new StreamProperties(Duration.ofHours(2), DataSize.ofMegabytes(64))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quiet-time=0s", "quiet-time=2d", "frame-size=0B", "frame-size=65MB"})
    void refusesWhatMakesNoSense(String property) {
        contexts.withPropertyValues("holdfast.gateway.streams." + property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StreamProperties.class)
    static class Streams {}
}
