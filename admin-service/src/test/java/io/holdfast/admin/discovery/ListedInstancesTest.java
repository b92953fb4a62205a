package io.holdfast.admin.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.admin.discovery.WatchedProperties.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;

class ListedInstancesTest {
    private final ListedInstances instances = new ListedInstances(new WatchedProperties(Map.of(
            "app-service", new Service("127.0.0.1", List.of(9081, 9082)),
            "storage-service", new Service("nobody.invalid", List.of(9181)))));

    @Test
    void givesEachPortOfEachAddress() {
        assertThat(instances.getServices()).containsExactly("app-service", "storage-service");
        assertThat(instances.getInstances("app-service"))
                .extracting(ServiceInstance::getHost, ServiceInstance::getPort)
                .containsExactly(tuple("127.0.0.1", 9081), tuple("127.0.0.1", 9082));
        assertThat(instances.getInstances("app-service").getLast().getMetadata())
                .containsEntry("management.port", "9082");
    }

    @Test
    void aNameThatLeadsNowhereHasNone() {
        assertThat(instances.getInstances("storage-service")).isEmpty();
        assertThat(instances.getInstances("unknown")).isEmpty();
    }

    @Test
    void propertiesBindAndAreChecked() {
        ApplicationContextRunner service = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                .withUserConfiguration(DiscoveryConfiguration.class);
        service.run(context ->
                assertThat(context.getBean(WatchedProperties.class)).isEqualTo(new WatchedProperties(Map.of())));
        service.withPropertyValues(
                        "holdfast.admin.services.app-service.host=app-service",
                        "holdfast.admin.services.app-service.management-ports=9081,9082")
                .run(context -> assertThat(context.getBean(WatchedProperties.class))
                        .isEqualTo(new WatchedProperties(
                                Map.of("app-service", new Service("app-service", List.of(9081, 9082))))));
        service.withPropertyValues("holdfast.admin.services.app-service.host=app-service")
                .run(context -> assertThat(context).hasFailed());
    }
}
