package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.deployment.ComposeFile.Service;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the Compose file promises, as it is written; no engine is needed to break it.
class ComposeFileTest {
    private static final Set<String> TIERS = Set.of("gateway-service", "app-service", "storage-service");

    private static final ComposeFile FILE = ComposeFile.read();

    static Collection<Service> services() {
        return FILE.services().values();
    }

    static Stream<Service> tiers() {
        return TIERS.stream().map(FILE::service);
    }

    @Test
    void namesAllThatBelongsToThePlatform() {
        assertThat(FILE.services())
                .containsOnlyKeys(
                        "gateway-port",
                        "gateway-service",
                        "app-service",
                        "storage-service",
                        "redis-1",
                        "redis-2",
                        "redis-3",
                        "redis-4",
                        "redis-5",
                        "redis-6",
                        "prometheus",
                        "grafana",
                        "admin-service");
    }

    @ParameterizedTest
    @MethodSource("services")
    void pinsImagesByTag(Service service) {
        assertThat(service.text("image"))
                .matches("[a-z0-9/.-]+:v?[0-9][A-Za-z0-9._-]*")
                .doesNotContain("latest");
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void tagsTheProjectsImagesWithItsVersion(Service service) {
        assertThat(service.text("image"))
                .isEqualTo("holdfast/" + service.name() + ":" + System.getProperty("project.version"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void confinesContainers(Service service) {
        assertThat(service.settings()).containsEntry("read_only", true).containsEntry("restart", "unless-stopped");
        assertThat(service.list("cap_drop")).containsExactly("ALL");
        assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
        assertThat(service.settings()).doesNotContainKeys("privileged", "cap_add", "network_mode", "pid", "user");
        assertThat(service.text("volumes")).doesNotContain("docker.sock");
    }

    @ParameterizedTest
    @MethodSource("services")
    void limitsProcessorsMemoryAndProcesses(Service service) {
        assertThat(service.limits()).containsOnlyKeys("cpus", "memory", "pids");
    }

    @ParameterizedTest
    @MethodSource("services")
    void publishesTheGatewayAndDashboardsOnTheLoopbackOnly(Service service) {
        Set<String> published = Set.of("gateway-port", "grafana", "admin-service");
        assertThat(service.list("ports"))
                .allSatisfy(port -> assertThat(String.valueOf(port)).startsWith("127.0.0.1:"));
        assertThat(service.list("ports").isEmpty()).isNotEqualTo(published.contains(service.name()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void keepsManagementPortsToThemselves(Service service) {
        assertThat(service.text("ports")).doesNotContain(":9080", ":9081", ":9181", ":9190");
    }

    @Test
    void letsEachTierReachTheNextOneOnly() {
        assertThat(sharing("gateway-service")).containsExactlyInAnyOrder("app-service", "prometheus", "admin-service");
        assertThat(sharing("redis-1"))
                .containsExactlyInAnyOrder("storage-service", "redis-2", "redis-3", "redis-4", "redis-5", "redis-6");
        assertThat(Stream.of("app", "storage", "redis")).allMatch(FILE::isInternal);
        assertThat(FILE.service("gateway-port").networks()).containsExactly("edge");
        assertThat(sharing("gateway-port")).isEmpty();
    }

    private static Set<String> sharing(String name) {
        Set<String> networks = FILE.service(name).networks();
        return services().stream()
                .filter(other -> !other.name().equals(name))
                .filter(other -> other.networks().stream().anyMatch(networks::contains))
                .map(Service::name)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("services")
    void holdsNoSecret(Service service) {
        assertThat(service.map("environment").keySet())
                .filteredOn(name -> name.matches(".*(PASSWORD|SECRET|CREDENTIAL|TOKEN|KEY).*"))
                .allMatch(name -> name.endsWith("__FILE") || name.endsWith("_FILE"));
        assertThat(service.text("command")).doesNotContainIgnoringCase("password", "credential", "sha256", "secret");
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void givesContainersMoreTimeToStopThanADrainTakes(Service service) {
        assertThat(service.text("stop_grace_period")).matches("[0-9]+s");
        int seconds = Integer.parseInt(service.text("stop_grace_period").replace("s", ""));
        assertThat(seconds).isGreaterThan(2 + 30);
    }

    @Test
    void startsEachTierWhenTheNextOneIsHealthy() {
        assertThat(dependencies("gateway-service"))
                .isEqualTo(Map.of("gateway-port", "service_healthy", "app-service", "service_healthy"));
        assertThat(dependencies("app-service")).isEqualTo(Map.of("storage-service", "service_healthy"));
        assertThat(dependencies("storage-service"))
                .hasSize(6)
                .containsValue("service_healthy")
                .containsKey("redis-6");
        assertThat(Set.copyOf(dependencies("storage-service").values())).containsExactly("service_healthy");
    }

    private static Map<String, String> dependencies(String service) {
        return FILE.service(service).map("depends_on").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> String.valueOf(((Map<?, ?>) entry.getValue()).get("condition"))));
    }

    @Test
    void runsServicesInReplicas() {
        assertThat(FILE.service("app-service").map("deploy")).containsEntry("replicas", 3);
        assertThat(FILE.service("storage-service").map("deploy")).containsEntry("replicas", 2);
        assertThat(services())
                .allSatisfy(service -> assertThat(service.settings()).doesNotContainKey("container_name"));
    }
}
