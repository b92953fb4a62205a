package io.holdfast.storage.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class StorageClientPropertiesTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void hasDefaults() {
        context.run(started -> assertThat(started.getBean(StorageClientProperties.class))
                .isEqualTo(new StorageClientProperties(
                        Duration.ofSeconds(1),
                        128,
                        1000,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(15),
                        DataSize.ofMegabytes(32),
                        1,
                        64,
                        Duration.ofSeconds(1))));
    }

    @Test
    void bindsEveryProperty() {
        context.withPropertyValues(
                        "holdfast.storage-client.connect-timeout=300ms",
                        "holdfast.storage-client.max-connections=8",
                        "holdfast.storage-client.max-waiting=20",
                        "holdfast.storage-client.wait-timeout=1s",
                        "holdfast.storage-client.max-idle-time=4s",
                        "holdfast.storage-client.max-answer-size=1MB",
                        "holdfast.storage-client.batch-calls=3",
                        "holdfast.storage-client.batch-operations=100",
                        "holdfast.storage-client.batch-time=2s")
                .run(started -> assertThat(started.getBean(StorageClientProperties.class))
                        .isEqualTo(new StorageClientProperties(
                                Duration.ofMillis(300),
                                8,
                                20,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(4),
                                DataSize.ofMegabytes(1),
                                3,
                                100,
                                Duration.ofSeconds(2))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect-timeout=0",
                "max-connections=0",
                "max-waiting=0",
                "wait-timeout=0",
                "max-idle-time=0",
                "batch-calls=0",
                "batch-operations=0",
                "batch-operations=257",
                "batch-time=0"
            })
    void refusesWhatWouldStopEverything(String property) {
        context.withPropertyValues("holdfast.storage-client." + property)
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StorageClientProperties.class)
    static class Bound {}
}
