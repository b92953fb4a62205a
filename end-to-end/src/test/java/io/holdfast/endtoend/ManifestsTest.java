package io.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The manifests for Kubernetes, as far as they can be judged without one.
class ManifestsTest {
    private static final Path FOLDER = Platform.ROOT.resolve("k8s");
    private static final List<Manifest> BASE = documents("base");
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");

    /// What pods may mount by the restricted Pod Security Standard.
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    /// How long a service gives running requests (Spring Boot), after it has told its callers to leave.
    private static final int SHUTDOWN_SECONDS = 32;

    private static List<Manifest> documents(String folder) {
        return Monitoring.files(FOLDER.resolve(folder), ".yaml").stream()
                .flatMap(file -> Manifest.of(file).stream())
                .filter(document -> !Set.of("Kustomization", "Component").contains(document.kind()))
                .toList();
    }

    static Stream<Manifest> workloads() {
        return BASE.stream().filter(document -> WORKLOADS.contains(document.kind()));
    }

    @Test
    void thereAreTheServicesAndRedis() {
        assertThat(workloads().map(Manifest::name))
                .containsExactlyInAnyOrder("gateway-service", "app-service", "storage-service", "redis");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void podsMeetTheRestrictedStandard(Manifest workload) {
        Manifest pod = workload.at("spec/template/spec");
        for (String key : List.of("hostNetwork", "hostPID", "hostIPC", "initContainers", "ephemeralContainers")) {
            assertThat(pod.has(key)).as(key).isFalse();
        }
        assertThat(pod.text("securityContext/runAsNonRoot")).isEqualTo("true");
        assertThat(pod.text("securityContext/runAsUser")).matches("[1-9]\\d*");
        assertThat(pod.text("securityContext/seccompProfile/type")).isEqualTo("RuntimeDefault");
        assertThat(pod.text("automountServiceAccountToken")).isEqualTo("false");
        for (Manifest container : pod.list("containers")) {
            assertThat(container.text("securityContext/allowPrivilegeEscalation"))
                    .isEqualTo("false");
            assertThat(container.text("securityContext/readOnlyRootFilesystem")).isEqualTo("true");
            assertThat(container.text("securityContext/capabilities")).isEqualTo("{drop=[ALL]}");
            assertThat(container.has("securityContext/privileged")).isFalse();
            container
                    .list("ports")
                    .forEach(port -> assertThat(port.has("hostPort")).isFalse());
        }
        for (Manifest volume : pod.list("volumes")) {
            assertThat(VOLUMES.stream().filter(volume::has))
                    .as(volume.text("name"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void containersAreBoundedAndProbed(Manifest workload) {
        for (Manifest container : workload.list("spec/template/spec/containers")) {
            for (String bound : List.of("requests/cpu", "requests/memory", "limits/cpu", "limits/memory")) {
                assertThat(container.has("resources/" + bound)).as(bound).isTrue();
            }
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(container.has(probe)).as(probe).isTrue();
            }
            assertThat(container.at("livenessProbe")).isNotEqualTo(container.at("readinessProbe"));
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void podsHaveTheTimeToLeave(Manifest workload) {
        int grace = workload.number("spec/template/spec/terminationGracePeriodSeconds");
        String pause = "spec/template/spec/containers/0/lifecycle/preStop/exec/command/1";
        int paused = workload.has(pause) ? workload.number(pause) : 0;
        assertThat(grace).isGreaterThan(paused + SHUTDOWN_SECONDS);
        if (workload.kind().equals("Deployment")) {
            assertThat(paused).isPositive();
            assertThat(workload.text("spec/strategy/rollingUpdate/maxUnavailable"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void podsAreSpreadAndBelongToTheirWorkload(Manifest workload) {
        Map<?, ?> labels = workload.map("spec/template/metadata/labels");
        assertThat(labels.entrySet()
                        .containsAll(workload.map("spec/selector/matchLabels").entrySet()))
                .isTrue();
        assertThat(workload.list("spec/template/spec/topologySpreadConstraints"))
                .hasSize(2)
                .allMatch(constraint ->
                        constraint.map("labelSelector/matchLabels").equals(workload.map("spec/selector/matchLabels")));
    }

    @Test
    void servicesLeadToPortsThatPodsHave() {
        List<Manifest> services =
                BASE.stream().filter(each -> each.kind().equals("Service")).toList();
        assertThat(services).hasSize(7);
        for (Manifest service : services) {
            Manifest workload = workloads()
                    .filter(each -> each.map("spec/template/metadata/labels").equals(service.map("spec/selector")))
                    .findFirst()
                    .orElseThrow();
            List<String> ports = workload.list("spec/template/spec/containers/0/ports").stream()
                    .map(port -> port.text("name"))
                    .toList();
            assertThat(service.list("spec/ports"))
                    .as(service.name())
                    .isNotEmpty()
                    .allMatch(port -> ports.contains(port.text("targetPort")));
            assertThat(service.has("spec/type") && !service.text("spec/type").equals("ClusterIP"))
                    .isFalse();
        }
    }

    @Test
    void onlyNeighboursTalkToEachOther() {
        assertThat(callersOf("gateway-service")).containsExactly("anybody");
        assertThat(callersOf("app-service")).containsExactly("gateway-service");
        assertThat(callersOf("storage-service")).containsExactly("app-service");
        assertThat(callersOf("redis")).containsExactlyInAnyOrder("storage-service", "redis");
        Manifest nothing = policy("nothing-by-default");
        assertThat(nothing.map("spec/podSelector")).isEmpty();
        assertThat(nothing.has("spec/ingress") || nothing.has("spec/egress")).isFalse();
    }

    private static List<String> callersOf(String name) {
        return policy(name).list("spec/ingress").stream()
                .flatMap(rule -> rule.has("from") ? rule.list("from").stream() : Stream.of(new Manifest("anybody")))
                .map(from -> from.has("podSelector")
                        ? label(from.map("podSelector/matchLabels"))
                        : String.valueOf(from.node()))
                .toList();
    }

    private static String label(Map<?, ?> labels) {
        return String.valueOf(labels.get("app.kubernetes.io/name"));
    }

    private static Manifest policy(String name) {
        return BASE.stream()
                .filter(each ->
                        each.kind().equals("NetworkPolicy") && each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void budgetsAndAutoscalersSpeakOfWhatThereIs() {
        List<Manifest> budgets = documents("components/disruption-budgets");
        assertThat(budgets).hasSize(4).allMatch(each -> each.text("apiVersion").equals("policy/v1"));
        List<Manifest> scalers = documents("components/autoscaling");
        assertThat(scalers).hasSize(3).allMatch(each -> each.text("apiVersion").equals("autoscaling/v2"));
        List<String> names = workloads().map(Manifest::name).toList();
        assertThat(budgets)
                .allMatch(each -> names.contains(
                        String.valueOf(each.map("spec/selector/matchLabels").get("app.kubernetes.io/name"))));
        assertThat(scalers).allMatch(each -> names.contains(each.text("spec/scaleTargetRef/name")));
    }

    @Test
    void overlaysNameAVersionOfEachImage() {
        List<String> images = workloads()
                .flatMap(each -> each.list("spec/template/spec/containers").stream())
                .map(container -> container.text("image"))
                .toList();
        assertThat(images).noneMatch(image -> image.contains(":") || image.contains("@"));
        for (String overlay : List.of("local", "production")) {
            Manifest kustomization = Manifest.of(FOLDER.resolve("overlays/" + overlay + "/kustomization.yaml"))
                    .getFirst();
            assertThat(kustomization.list("images").stream().map(image -> image.text("name")))
                    .containsAll(images);
            assertThat(kustomization.list("images"))
                    .noneMatch(image -> Set.of("latest", "null").contains(image.text("newTag")));
        }
    }

    @Test
    void nothingSecretIsWrittenDown() {
        Pattern secret =
                Pattern.compile("(?i)(password|credential|sha256|token|api-?key)\"?[:=] *[\"']?[A-Za-z0-9+/_-]{12,}$");
        for (Path file : Monitoring.files(FOLDER, ".yaml")) {
            for (String line : Monitoring.text(file).split("\n", -1)) {
                assertThat(line.contains("secrets/") || !secret.matcher(line).find())
                        .as(file + ": " + line)
                        .isTrue();
            }
            assertThat(Manifest.of(file)).noneMatch(document -> document.kind().equals("Secret"));
        }
        assertThat(Monitoring.text(Platform.ROOT.resolve(".gitignore"))).contains("k8s/overlays/local/secrets/");
    }
}
