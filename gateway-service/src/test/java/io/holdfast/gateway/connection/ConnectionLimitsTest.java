package io.holdfast.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ConnectionLimitsTest {
    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withUserConfiguration(Limits.class);

    @Test
    void hasDefaults() {
        contexts.run(context -> assertThat(context.getBean(ConnectionLimits.class))
                .isEqualTo(new ConnectionLimits(
                        4096,
                        1024,
                        16,
                        DataSize.ofKilobytes(1088),
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        DataSize.ofMegabytes(128),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2))));
    }

    @Test
    void bindsEveryProperty() {
        contexts.withPropertyValues(
                        "holdfast.gateway.limits.connections=1",
                        "holdfast.gateway.limits.requests=2",
                        "holdfast.gateway.limits.pipelined-requests=0",
                        "holdfast.gateway.limits.body-size=4B",
                        "holdfast.gateway.limits.bulk-body-size=5B",
                        "holdfast.gateway.limits.request-time=6s",
                        "holdfast.gateway.limits.stream-time=7s",
                        "holdfast.gateway.limits.head-time=8s",
                        "holdfast.gateway.limits.body-quiet-time=9s",
                        "holdfast.gateway.limits.drain-size=0B",
                        "holdfast.gateway.limits.drain-time=11s",
                        "holdfast.gateway.limits.leave-time=12s")
                .run(context -> assertThat(context.getBean(ConnectionLimits.class))
                        .isEqualTo(new ConnectionLimits(
                                1,
                                2,
                                0,
                                DataSize.ofBytes(4),
                                DataSize.ofBytes(5),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(9),
                                DataSize.ofBytes(0),
                                Duration.ofSeconds(11),
                                Duration.ofSeconds(12))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connections=0",
                "requests=-1",
                "pipelined-requests=-1",
                "body-size=0B",
                "bulk-body-size=-1B",
                "request-time=0s",
                "stream-time=11m",
                "head-time=-1s",
                "body-quiet-time=0s",
                "drain-size=-1B",
                "drain-time=11m",
                "leave-time=6m",
            })
    void refusesWhatMakesNoSense(String property) {
        contexts.withPropertyValues("holdfast.gateway.limits." + property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ConnectionLimits.class)
    static class Limits {}
}
