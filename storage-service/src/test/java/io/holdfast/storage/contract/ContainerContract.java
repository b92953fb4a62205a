package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract over a cluster of a released server, as its public image has it. With
/// `mvn -Pcontainers verify`, where there is a container engine.
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerContract extends RecordStoreContract {
    private static final String PASSWORD = "container-test-password";

    private final String image;
    private final String version;
    private @Nullable ContainerCluster cluster;
    private @Nullable StorageService service;

    /// @param version how the server names its version in `INFO server`
    ContainerContract(String image, String version) {
        this.image = image;
        this.version = version;
    }

    @BeforeAll
    void start() {
        cluster = ContainerCluster.start(image, PASSWORD);
        service = new StorageService(
                "--spring.data.redis.cluster.nodes=" + cluster.addresses(), "--spring.data.redis.password=" + PASSWORD);
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    StorageService service() {
        return Objects.requireNonNull(service);
    }

    @Test
    void runsOnTheServerThatIsMeant() {
        assertThat(Objects.requireNonNull(cluster).server()).contains(version);
    }
}
