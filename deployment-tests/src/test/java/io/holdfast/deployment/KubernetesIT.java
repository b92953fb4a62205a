package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The local overlay on a real Kubernetes: deployed, written to, killed, rolled, read back. Needs a cluster whose
/// nodes have the images that are built here and whose services are reached from this machine, such as one on it.
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesIT {
    private static final String NAMESPACE = "holdfast-test";
    private static final String VERSION = "test";
    private static final int REDIS_NODES = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private @Nullable Kubectl found;
    private @Nullable Gateway reached;
    private String overlay = "";

    @BeforeAll
    void deploy(@TempDir Path manifests) throws IOException {
        overlay = manifests.resolve("overlays/local").toString();
        Path secrets = manifests.resolve("overlays/local/secrets");
        Commands commands =
                new Commands(Map.of("HOLDFAST_VERSION", VERSION, "HOLDFAST_SECRETS_FOLDER", secrets.toString()));
        Optional<Kubectl> cluster = Kubectl.find(commands, NAMESPACE);
        assumeTrue(
                cluster.isPresent(),
                "No Kubernetes cluster is named by HOLDFAST_TEST_KUBECONFIG and answers, so k8s/ was not deployed");
        found = cluster.orElseThrow();
        // What a run that was interrupted has left has other secrets, with which new pods would find no way in.
        takeAway();
        commands.run("docker", "compose", "build");
        copyManifests(manifests);
        commands.run("deployment/secrets");
        kubectl().run("apply", "-k", overlay);
        for (String workload : List.of(
                "statefulset/redis",
                "deployment/storage-service",
                "deployment/app-service",
                "deployment/gateway-service")) {
            awaitRollout(workload);
        }
        String address = kubectl().run("get", "service", "gateway-service", "-o", "jsonpath={.spec.clusterIP}");
        reached = Gateway.of(address + ":8080", secrets);
    }

    /// In a namespace of their own, and of the images that this build made.
    private static void copyManifests(Path to) throws IOException {
        Path from = Project.ROOT.resolve("k8s");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                String text = Files.readString(file)
                        .replace("namespace: holdfast\n", "namespace: " + NAMESPACE + "\n")
                        .replaceAll("newTag: .*", "newTag: " + VERSION);
                Files.writeString(copy, text);
            }
        }
    }

    @AfterAll
    void takeAway() {
        if (found == null) {
            return;
        }
        Volumes volumes = new Volumes(kubectl(), "holdfast/redis-node:" + VERSION, REDIS_NODES);
        try {
            if (kubectl().attempt("get", "statefulset", "redis").status() == 0) {
                kubectl().run("scale", "statefulset/redis", "--replicas=0");
                kubectl().run("wait", "pod", "-l", "app.kubernetes.io/name=redis", "--for=delete", "--timeout=3m");
                volumes.empty();
            }
        } finally {
            kubectl().run("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=5m");
            volumes.release();
        }
    }

    private Kubectl kubectl() {
        return Objects.requireNonNull(found);
    }

    private Gateway gateway() {
        return Objects.requireNonNull(reached);
    }

    private void awaitRollout(String workload) {
        Commands.Result result = kubectl().attempt("rollout", "status", workload, "--timeout=12m");
        if (result.status() != 0) {
            throw new AssertionError("The rollout of %s did not end:%n%s%n%s%n%s%n%s"
                    .formatted(
                            workload,
                            result.output(),
                            result.errors(),
                            kubectl().attempt("get", "pods", "-o", "wide").output(),
                            kubectl()
                                    .attempt("get", "events", "--sort-by=.lastTimestamp")
                                    .output()));
        }
    }

    /// What `apply` prints does not tell: it calls a Secret whose values are wrapped in lines configured.
    @Test
    void aSecondApplyChangesNothing() {
        assertThat(kubectl().run("diff", "-k", overlay)).isEmpty();
        kubectl().run("apply", "-k", overlay);
        assertThat(kubectl().run("diff", "-k", overlay)).isEmpty();
    }

    @Test
    void redisRefusesWithoutThePassword() {
        assertThat(kubectl().run("exec", "redis-0", "--", "redis-cli", "-h", "redis-1.redis", "ping"))
                .contains("NOAUTH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus"})
    void theGatewayDoesNotShowActuator(String path) throws Exception {
        assertThat(gateway().status(path)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-service", "storage-service"})
    void losesNothingWithAPod(String service) throws Exception {
        try (Load load = gateway().load("pod-" + service)) {
            load.survives(() -> {
                kill(service, _ -> true);
                awaitRollout("deployment/" + service);
            });
        }
    }

    @Test
    void losesNothingWithAPrimaryOfRedis() throws Exception {
        try (Load load = gateway().load("primary-killed")) {
            load.survives(() -> {
                kill("redis", this::isPrimary);
                awaitWhole();
            });
        }
    }

    /// The pod hands over, and may be away for long afterwards.
    @Test
    void losesNothingWithAPrimaryOfRedisThatIsMovedElsewhere() throws Exception {
        try (Load load = gateway().load("primary-moved")) {
            load.survives(() -> {
                kubectl().run("delete", "pod", pod("redis", this::isPrimary));
                awaitWhole();
            });
        }
    }

    private boolean isPrimary(String pod) {
        return redis(pod, "role").startsWith("master");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployment/app-service",
                "deployment/storage-service",
                "deployment/gateway-service",
                "statefulset/redis"
            })
    void rollsUnderLoad(String workload) throws Exception {
        try (Load load = gateway().load("roll-" + workload.replaceAll(".*/", ""))) {
            load.survives(() -> {
                kubectl().run("rollout", "restart", workload);
                awaitRollout(workload);
                awaitWhole();
            });
        }
    }

    private void kill(String service, Predicate<String> which) {
        kubectl().run("delete", "pod", pod(service, which), "--grace-period=0", "--force");
    }

    private String pod(String service, Predicate<String> which) {
        return pods(service).filter(which).findFirst().orElseThrow();
    }

    private void awaitWhole() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(pods("redis"))
                        .hasSize(REDIS_NODES)
                        .allSatisfy(pod -> {
                            assertThat(redis(pod, "cluster", "info"))
                                    .contains("cluster_state:ok", "cluster_known_nodes:" + REDIS_NODES);
                            kubectl().run("exec", pod, "--", "redis-node", "ready");
                        }));
    }

    private Stream<String> pods(String name) {
        return kubectl()
                .run("get", "pods", "-l", "app.kubernetes.io/name=" + name, "-o", "name")
                .lines()
                .map(pod -> pod.replace("pod/", ""));
    }

    private String redis(String pod, String... command) {
        return kubectl()
                .run(Stream.concat(Stream.of("exec", pod, "--", "redis-node", "cli"), Stream.of(command))
                        .toArray(String[]::new));
    }
}
