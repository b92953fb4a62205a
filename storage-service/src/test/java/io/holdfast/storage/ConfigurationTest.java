package io.holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.durability.DurabilityProperties;
import io.holdfast.storage.health.HealthProperties;
import io.holdfast.storage.lineage.LineageProperties;
import io.holdfast.storage.operation.OperationProperties;
import io.holdfast.storage.partition.PartitionProperties;
import io.holdfast.storage.redis.RedisProperties;
import io.holdfast.storage.sweep.SweepProperties;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(AllProperties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        PartitionProperties.class,
        RedisProperties.class,
        OperationProperties.class,
        SweepProperties.class,
        DurabilityProperties.class,
        LineageProperties.class,
        HealthProperties.class
    })
    static class AllProperties {}

    @Test
    void hasDefaultsForProduction() {
        runner.run(context -> {
            assertThat(context.getBean(PartitionProperties.class)).isEqualTo(new PartitionProperties(48));
            assertThat(context.getBean(RedisProperties.class))
                    .isEqualTo(new RedisProperties(
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(30),
                            Duration.ofMillis(500),
                            Duration.ofMillis(50),
                            Duration.ofMillis(200),
                            20_000));
            assertThat(context.getBean(LineageProperties.class))
                    .isEqualTo(new LineageProperties(
                            Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(3), 4096));
            assertThat(context.getBean(OperationProperties.class))
                    .isEqualTo(new OperationProperties(
                            DataSize.ofMegabytes(1), DataSize.ofMegabytes(18), 1000, DataSize.ofMegabytes(48)));
            assertThat(context.getBean(DurabilityProperties.class))
                    .isEqualTo(new DurabilityProperties(
                            null, List.of(), 1, Duration.ofMillis(500), Duration.ofMillis(500), 2, 256, 10_000));
            assertThat(context.getBean(SweepProperties.class))
                    .isEqualTo(new SweepProperties(Duration.ofSeconds(1), 500, 20, Duration.ofSeconds(3)));
            assertThat(context.getBean(HealthProperties.class))
                    .isEqualTo(new HealthProperties(
                            Duration.ofSeconds(1),
                            Duration.ofMillis(250),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(1)));
        });
    }

    @Test
    void bindsEveryProperty() {
        runner.withPropertyValues(
                        "holdfast.storage.partitions=12",
                        "holdfast.storage.redis.command-timeout=1s",
                        "holdfast.storage.redis.connect-timeout=2s",
                        "holdfast.storage.redis.topology-refresh=3s",
                        "holdfast.storage.redis.trouble-refresh=4s",
                        "holdfast.storage.redis.retry-pause=5ms",
                        "holdfast.storage.redis.replica-timeout=7ms",
                        "holdfast.storage.redis.queued-commands=6",
                        "holdfast.storage.lineage.interval=500ms",
                        "holdfast.storage.lineage.timeout=600ms",
                        "holdfast.storage.lineage.confirm-within=700ms",
                        "holdfast.storage.lineage.remembered-writes=8",
                        "holdfast.storage.operations.max-record-size=2MB",
                        "holdfast.storage.operations.max-call-size=3MB",
                        "holdfast.storage.operations.concurrent-calls=4",
                        "holdfast.storage.operations.concurrent-bytes=5MB",
                        "holdfast.storage.durability.level=disk",
                        "holdfast.storage.durability.rules[0].namespaces=caches:*",
                        "holdfast.storage.durability.rules[0].level=memory",
                        "holdfast.storage.durability.replicas=2",
                        "holdfast.storage.durability.wait-timeout=100ms",
                        "holdfast.storage.durability.answer-margin=200ms",
                        "holdfast.storage.durability.connections=3",
                        "holdfast.storage.durability.group-size=4",
                        "holdfast.storage.durability.queued-writes=5",
                        "holdfast.storage.sweep.interval=200ms",
                        "holdfast.storage.sweep.records-per-step=7",
                        "holdfast.storage.sweep.steps-per-sweep=8",
                        "holdfast.storage.sweep.abandoned-after=9s",
                        "holdfast.storage.health.interval=300ms",
                        "holdfast.storage.health.eager=200ms",
                        "holdfast.storage.health.refusals=5s",
                        "holdfast.storage.health.timeout=400ms")
                .run(context -> {
                    assertThat(context.getBean(PartitionProperties.class)).isEqualTo(new PartitionProperties(12));
                    assertThat(context.getBean(RedisProperties.class))
                            .isEqualTo(new RedisProperties(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(4),
                                    Duration.ofMillis(5),
                                    Duration.ofMillis(7),
                                    6));
                    assertThat(context.getBean(LineageProperties.class))
                            .isEqualTo(new LineageProperties(
                                    Duration.ofMillis(500), Duration.ofMillis(600), Duration.ofMillis(700), 8));
                    assertThat(context.getBean(OperationProperties.class))
                            .isEqualTo(new OperationProperties(
                                    DataSize.ofMegabytes(2), DataSize.ofMegabytes(3), 4, DataSize.ofMegabytes(5)));
                    assertThat(context.getBean(DurabilityProperties.class))
                            .isEqualTo(new DurabilityProperties(
                                    Durability.DISK,
                                    List.of(new DurabilityProperties.Rule("caches:*", Durability.MEMORY)),
                                    2,
                                    Duration.ofMillis(100),
                                    Duration.ofMillis(200),
                                    3,
                                    4,
                                    5));
                    assertThat(context.getBean(SweepProperties.class))
                            .isEqualTo(new SweepProperties(Duration.ofMillis(200), 7, 8, Duration.ofSeconds(9)));
                    assertThat(context.getBean(HealthProperties.class))
                            .isEqualTo(new HealthProperties(
                                    Duration.ofMillis(300),
                                    Duration.ofMillis(200),
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(400)));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holdfast.storage.partitions=0",
                "holdfast.storage.partitions=1025",
                "holdfast.storage.redis.command-timeout=0s",
                "holdfast.storage.redis.queued-commands=0",
                "holdfast.storage.redis.replica-timeout=0s",
                "holdfast.storage.lineage.interval=1ms",
                "holdfast.storage.lineage.remembered-writes=0",
                "holdfast.storage.operations.max-call-size=1KB",
                "holdfast.storage.operations.concurrent-calls=0",
                "holdfast.storage.operations.concurrent-bytes=1MB",
                "holdfast.storage.durability.level=paper",
                "holdfast.storage.durability.replicas=0",
                "holdfast.storage.durability.wait-timeout=0s",
                "holdfast.storage.durability.connections=17",
                "holdfast.storage.durability.queued-writes=0",
                "holdfast.storage.sweep.interval=1ms",
                "holdfast.storage.sweep.records-per-step=0",
                "holdfast.storage.health.eager=1ms",
                "holdfast.storage.health.refusals=0s",
                "holdfast.storage.health.timeout=0s"
            })
    void refusesWhatCannotWork(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }
}
