package io.holdfast.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ListenerPropertiesTest {
    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withUserConfiguration(Listener.class);

    @Test
    void hasDefaults() {
        contexts.run(context -> assertThat(context.getBean(ListenerProperties.class))
                .isEqualTo(new ListenerProperties(null, Duration.ofSeconds(30))));
    }

    @Test
    void bindsEveryProperty() {
        contexts.withPropertyValues(
                        "holdfast.gateway.listener.socket=/run/holdfast/listener",
                        "holdfast.gateway.listener.patience=2m")
                .run(context -> assertThat(context.getBean(ListenerProperties.class))
                        .isEqualTo(new ListenerProperties(Path.of("/run/holdfast/listener"), Duration.ofMinutes(2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patience=0s", "patience=11m"})
    void refusesWhatMakesNoSense(String property) {
        contexts.withPropertyValues("holdfast.gateway.listener." + property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ListenerProperties.class)
    static class Listener {}
}
