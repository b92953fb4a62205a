package io.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The local overlay on a real Kubernetes: deployed, written to, killed, rolled, read back. Needs a cluster
/// that runs the images built here and whose services are reached from this machine, such as one on it.
@Tag("containers")
class KubernetesIT {
    private static final String NAMESPACE = "holdfast-test";
    private static final Duration LONG = Duration.ofMinutes(6);
    private static Kubectl kubectl;
    private static Path overlay;
    private static Api api;

    @BeforeAll
    static void deploy() throws IOException {
        Optional<Kubectl> found = Kubectl.find(NAMESPACE);
        assumeThat(found)
                .as("No Kubernetes: the tests of k8s/ on a cluster are skipped. Name its configuration in "
                        + Kubectl.VARIABLE)
                .isPresent();
        kubectl = found.orElseThrow();
        overlay = overlay();
        kubectl.run("apply", "-k", overlay.toString());
        awaitWorkloads();
        String address = kubectl.run("get", "service", "gateway-service", "-o", "jsonpath={.spec.clusterIP}");
        api = new Api(URI.create("http://" + address + ":8080"), Files.readString(overlay.resolve("secrets/api-key")));
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(api.put("first", "a", "{}").statusCode()).isIn(200, 201));
    }

    @AfterAll
    static void takeAway() {
        if (kubectl != null) {
            kubectl.run("delete", "namespace", NAMESPACE, "--timeout=5m");
        }
    }

    /// The manifests with a namespace and secrets of their own.
    private static Path overlay() throws IOException {
        Path copy = Files.createTempDirectory(Platform.ROOT.resolve("end-to-end/target"), "k8s-");
        for (Path file : Monitoring.files(Platform.ROOT.resolve("k8s"), ".yaml")) {
            Path to = copy.resolve(Platform.ROOT.resolve("k8s").relativize(file));
            Files.createDirectories(to.getParent());
            Files.writeString(
                    to, Monitoring.text(file).replace("namespace: holdfast\n", "namespace: " + NAMESPACE + "\n"));
        }
        Path local = copy.resolve("overlays/local");
        String key = "hf_" + random();
        Map<String, String> secrets =
                Map.of("api-key", key, "gateway-service/holdfast.gateway.api-keys.default.sha256", sha256(key));
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            write(local.resolve("secrets/" + secret.getKey()), secret.getValue());
        }
        String credential = random();
        for (String service : List.of("gateway-service", "app-service", "storage-service")) {
            write(local.resolve("secrets/" + service + "/holdfast.internal.credential"), credential);
        }
        String password = random();
        for (String service : List.of("redis", "storage-service")) {
            write(local.resolve("secrets/" + service + "/spring.data.redis.password"), password);
        }
        return local;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWorkloads() {
        for (String workload : List.of(
                "statefulset/redis",
                "deployment/storage-service",
                "deployment/app-service",
                "deployment/gateway-service")) {
            kubectl.run("rollout", "status", workload, "--timeout=10m");
        }
    }

    /// What `apply` prints does not tell: it calls a Secret whose values are wrapped in lines configured.
    @Test
    void aSecondApplyChangesNothing() {
        assertThat(kubectl.run("diff", "-k", overlay.toString())).isEmpty();
        kubectl.run("apply", "-k", overlay.toString());
        assertThat(kubectl.run("diff", "-k", overlay.toString())).isEmpty();
    }

    @Test
    void redisRefusesWithoutThePassword() {
        assertThat(kubectl.run("exec", "redis-0", "--", "redis-cli", "-h", "redis-1.redis", "ping"))
                .contains("NOAUTH");
    }

    @Test
    void theGatewayDoesNotShowActuator() {
        for (String path : List.of("/actuator", "/actuator/health", "/actuator/prometheus")) {
            assertThat(api.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-service", "storage-service"})
    void losesNothingWithAPod(String service) {
        underLoad("pod-" + service, () -> {
            String pod = pods(service).findFirst().orElseThrow();
            kubectl.run("delete", "pod", pod, "--grace-period=0", "--force");
            kubectl.run("rollout", "status", "deployment/" + service, "--timeout=10m");
        });
    }

    @Test
    void losesNothingWithAPrimaryOfRedis() {
        underLoad("primary", () -> {
            String primary = pods("redis")
                    .filter(pod -> redis(pod, "role").startsWith("master"))
                    .findFirst()
                    .orElseThrow();
            kubectl.run("delete", "pod", primary, "--grace-period=0", "--force");
            awaitWhole();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployment/app-service",
                "deployment/storage-service",
                "deployment/gateway-service",
                "statefulset/redis"
            })
    void rollsUnderLoad(String workload) {
        underLoad("roll-" + workload.replaceAll(".*/", ""), () -> {
            kubectl.run("rollout", "restart", workload);
            kubectl.run("rollout", "status", workload, "--timeout=12m");
        });
    }

    /// Nothing fails, and what was acknowledged is there afterwards.
    private static void underLoad(String collection, Runnable disruption) {
        SteadyLoad load = new SteadyLoad(api, collection);
        try (load) {
            await().atMost(LONG).until(() -> load.requests() > 500);
            disruption.run();
            int soFar = load.requests();
            await().atMost(LONG).until(() -> load.requests() > soFar + 500);
        }
        System.out.printf("%s: %,d requests%n", collection, load.requests());
        awaitWhole();
        assertThat(load.failures()).as(load.requests() + " requests").isEmpty();
        assertThat(load.acknowledged()).hasSizeGreaterThan(100);
        load.acknowledged()
                .forEach((id, content) -> assertThat(Api.text(api.get(Api.document(collection, id))))
                        .isEqualTo(content));
    }

    private static void awaitWhole() {
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            List<String> nodes = pods("redis").toList();
            assertThat(nodes).hasSize(6).allSatisfy(pod -> {
                assertThat(redis(pod, "cluster", "info")).contains("cluster_state:ok", "cluster_known_nodes:6");
                kubectl.run("exec", pod, "--", "redis-node", "ready");
            });
        });
    }

    private static Stream<String> pods(String name) {
        return kubectl.run("get", "pods", "-l", "app.kubernetes.io/name=" + name, "-o", "name")
                .lines()
                .map(pod -> pod.replace("pod/", ""));
    }

    private static String redis(String pod, String... command) {
        return kubectl.run(Stream.concat(Stream.of("exec", pod, "--", "redis-node", "cli"), Stream.of(command))
                .toArray(String[]::new));
    }
}
