package io.holdfast.storage.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.spring.LoadBalancingAutoConfiguration;
import io.holdfast.balancing.spring.LoadBalancingHealthIndicator;
import io.holdfast.contract.trace.TracingAutoConfiguration;
import io.holdfast.storage.api.RecordStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StorageClientAutoConfigurationTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LoadBalancingAutoConfiguration.class,
                    TracingAutoConfiguration.class,
                    StorageClientAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues("holdfast.internal.credential=" + StorageClient.CREDENTIAL);

    @Test
    void isNotThereWhereNoStorageServiceIsCalled() {
        context.withPropertyValues("holdfast.load-balancing.services.app-service.instances=http://127.0.0.1:1")
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean(RecordStore.class));
    }

    @Test
    void givesTheRecordStoreWhereStorageServicesAreKnown() {
        context.withPropertyValues("holdfast.load-balancing.services.storage-service.instances=http://127.0.0.1:1")
                .run(started -> assertThat(started).hasNotFailed().hasSingleBean(RecordStore.class));
    }

    @Test
    void reportsWhetherAStorageServiceIsReady() {
        context.withPropertyValues("holdfast.load-balancing.services.storage-service.instances=http://127.0.0.1:1")
                .run(started -> {
                    Health health = Objects.requireNonNull(
                            started.getBean("storageHealthIndicator", LoadBalancingHealthIndicator.class)
                                    .health());
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails()).containsKey("storage-service");
                });
    }

    @Test
    void leavesAnApplicationsOwnRecordStoreAlone() {
        context.withPropertyValues("holdfast.load-balancing.services.storage-service.instances=http://127.0.0.1:1")
                .withBean("own", RecordStore.class, () -> new StorageClient().store)
                .run(started ->
                        assertThat(started).getBeanNames(RecordStore.class).containsExactly("own"));
    }
}
