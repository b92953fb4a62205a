package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The platform in containers: deployed, written to, broken, rolled, stopped, and read back. With
/// `mvn -Pcontainers verify`, where there is a container engine.
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    /// What may come of a request while the network is cut in two: it is told to come again, or reads what was.
    private static final Pattern EXPECTED = Pattern.compile("\\w+ 50[34] .*urn:holdfast:problem:.*|GET 404 .*");

    /// Rates over five minutes, and alerts that wait, come later than what they are about.
    private static final Duration PROMETHEUS = Duration.ofMinutes(4);

    /// For one to start.
    private static final Duration GATEWAY = Duration.ofMinutes(3);

    private static final Duration PARTITION = Duration.ofSeconds(30);

    private @Nullable Deployment started;

    @BeforeAll
    void deploy(@TempDir Path secrets) {
        started = Deployment.start(secrets);
    }

    @AfterAll
    void remove() {
        if (started != null) {
            started.close();
        }
    }

    private Deployment deployment() {
        return Objects.requireNonNull(started);
    }

    @Test
    @Order(1)
    void answersFromOutsideAtTheGatewayOnly() {
        assertThat(status("/readyz")).isEqualTo(200);
        assertThat(Stream.of("/actuator", "/actuator/health", "/actuator/prometheus", "/%61ctuator/env"))
                .allSatisfy(path -> assertThat(status(path)).isEqualTo(404));
        assertThat(deployment().compose("ps", "--format", "{{.Ports}}").lines())
                .flatMap(line -> Stream.of(line.split(", "))
                        .filter(port -> port.contains("->"))
                        .toList())
                .containsExactly("127.0.0.1:%d->8080/tcp".formatted(deployment().port()));
    }

    @Test
    @Order(2)
    void keepsTiersApartAndRedisBehindItsPassword() {
        assertThat(deployment()
                        .inside("app-service", "exec 3<>/dev/tcp/redis-1/6379")
                        .status())
                .isNotZero();
        assertThat(deployment()
                        .inside("gateway-service", "exec 3<>/dev/tcp/storage-service/8181")
                        .status())
                .isNotZero();
        assertThat(deployment()
                        .inside("storage-service", "exec 3<>/dev/tcp/redis-1/6379; echo PING >&3; head -n 1 <&3")
                        .output())
                .startsWith("-NOAUTH");
    }

    @Test
    @Order(3)
    void runsConfinedAndFromTheRecordedCache() {
        assertThat(deployment().inside("app-service", "touch /service/x").status())
                .isNotZero();
        assertThat(deployment().inside("app-service", "id -u").output().strip()).isEqualTo("10001");
        assertThat(deployment()
                        .inside("app-service", "tr '\\0' ' ' </proc/1/cmdline")
                        .output())
                .contains("-XX:AOTCache=aot-cache");
        assertThat(mappings("app-service", "aot-cache")).isPositive();
        assertThat(mappings("app-service", "native_epoll")).isPositive();
        assertThat(mappings("gateway-service", "native_epoll")).isPositive();
        assertThat(deployment().inside("redis-1", "id -u; touch /x").output().strip())
                .isEqualTo("10002");
    }

    /// How many parts of a file the service's process has mapped into its memory.
    private int mappings(String service, String file) {
        return Integer.parseInt(deployment()
                .inside(service, "grep -c " + file + " /proc/1/maps")
                .output()
                .strip());
    }

    /// What is paused is in the DNS and does not answer, as something that hangs.
    @Test
    @Order(4)
    void prometheusSeesAllInstancesHasDataForEveryPanelAndTellsOfOneThatHangs() throws Exception {
        Prometheus prometheus = deployment().prometheus();
        try (Load load = deployment().gateway().load("watched")) {
            await().atMost(PROMETHEUS)
                    .until(
                            prometheus::up,
                            Map.of("gateway-service", 1L, "app-service", 2L, "storage-service", 2L)::equals);
            Set<String> empty = new TreeSet<>(Prometheus.dashboards().values());
            await().ignoreExceptions().atMost(PROMETHEUS).untilAsserted(() -> {
                empty.removeIf(prometheus::finds);
                assertThat(empty).isEmpty();
            });
            String hanging = deployment().containers("app-service").getFirst();
            deployment().engine("pause", hanging);
            try {
                await().atMost(PROMETHEUS)
                        .until(() ->
                                prometheus.finds("ALERTS{alertname=\"HoldfastInstanceDown\", alertstate=\"firing\"}"));
            } finally {
                deployment().engine("unpause", hanging);
            }
            load.awaitMore();
        }
    }

    @Test
    @Order(5)
    void aKilledRedisPrimaryIsAPauseAndLosesNothing() throws Exception {
        whileAReplicaIsMissing("killed", () -> {
            String primary = deployment().primary();
            deployment().engine("kill", deployment().containers(primary).getFirst());
            deployment().compose("up", "-d", "--no-deps", primary);
            deployment().awaitWholeCluster();
        });
    }

    @Test
    @Order(6)
    void aRedisNodeThatLostItsContainerAndVolumeIsMadeWhole() throws Exception {
        whileAReplicaIsMissing("lost", () -> {
            String primary = deployment().primary();
            String container = deployment().containers(primary).getFirst();
            String volume = deployment()
                    .engine(
                            "inspect",
                            "-f",
                            "{{range .Mounts}}{{if eq .Type \"volume\"}}{{.Name}}{{end}}{{end}}",
                            container)
                    .strip();
            deployment().engine("rm", "-f", container);
            deployment().engine("volume", "rm", volume);
            deployment().compose("up", "-d", "--no-deps", primary);
            deployment().awaitWholeCluster();
        });
    }

    /// Clients are on both sides of it, as app services reach both storage services. A read may ask the primary that
    /// was cut off and has not noticed yet. `-Dpartitions=5` has more of them, one after the other.
    @Test
    @Order(7)
    void aPrimaryCutOffFromTheMajorityLosesNothingThatWasReplicated() throws Exception {
        int partitions = Integer.getInteger("partitions", 1);
        for (int i = 1; i <= partitions; i++) {
            String collection = "cut-off-" + i;
            try (Load load = deployment().gateway().load(collection)) {
                load.awaitMore();
                int before = load.acknowledged().size();
                try (Partition _ = deployment().cutOff(deployment().primary())) {
                    await().pollDelay(PARTITION)
                            .atMost(PARTITION.multipliedBy(2))
                            .until(() -> true);
                }
                int meanwhile = load.acknowledged().size() - before;
                deployment().awaitWholeCluster();
                load.awaitMore();
                load.finish();
                System.out.printf(
                        "partition %d: %,d writes acknowledged meanwhile, %,d requests failed%n",
                        i, meanwhile, load.failures().size());
                assertThat(meanwhile).isPositive();
                assertThat(load.failures()).allMatch(EXPECTED.asMatchPredicate());
                assertThat(load.stored()).containsAllEntriesOf(load.acknowledged());
            }
        }
    }

    @Test
    @Order(8)
    void rollsServicesWithoutAFailedRequest() throws Exception {
        try (Load load = deployment().gateway().load("rolled")) {
            load.survives(() -> {
                for (String service : List.of("app-service", "storage-service", "gateway-service")) {
                    List<String> before = deployment().containers(service);
                    deployment().roll(service);
                    assertThat(deployment().containers(service))
                            .hasSameSizeAs(before)
                            .doesNotContainAnyElementsOf(before);
                }
            });
        }
    }

    /// Its connections end with it, but new ones wait for the next gateway instead of being refused.
    @Test
    @Order(9)
    void requestsWaitWhileThereIsNoGateway() throws Exception {
        deployment().engine("kill", deployment().containers("gateway-service").getFirst());
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> status("/readyz"));
        deployment().compose("up", "-d", "--no-deps", "gateway-service");
        assertThat(waiting).succeedsWithin(GATEWAY).isIn(200, 503); // which it says until it has found an app service

        deployment().compose("restart", "gateway-port");
        await().ignoreExceptions().atMost(GATEWAY).until(() -> status("/readyz") == 200);
    }

    @Test
    @Order(10)
    void keepsDocumentsOverDownAndUp() throws Exception {
        try (Load kept = deployment().gateway().load("kept")) {
            kept.awaitMore();
            kept.finish();
            deployment().compose("down");
            deployment().up();
            deployment().awaitWholeCluster();
            try (Load again = deployment().gateway().load("again")) {
                again.awaitMore();
            }
            assertThat(kept.stored()).containsExactlyInAnyOrderEntriesOf(kept.acknowledged());
        }
    }

    /// Until the node is back, its partner has no replica. A write that could not be confirmed for as long as
    /// it may take says so, which is no acknowledgement; nothing else may fail, and nothing that was
    /// acknowledged may be lost.
    private void whileAReplicaIsMissing(String collection, Runnable trouble) throws IOException, InterruptedException {
        try (Load load = deployment().gateway().load(collection)) {
            load.during(trouble);
            load.finish();
            assertThat(load.failures())
                    .allSatisfy(failure -> assertThat(failure).contains("urn:holdfast:problem:applied-not-durable"));
            Map<String, String> stored = load.stored();
            assertThat(stored).containsAllEntriesOf(load.acknowledged());
            assertThat(stored.size() - load.acknowledged().size())
                    .as("written and not acknowledged")
                    .isLessThanOrEqualTo(load.failures().size());
        }
    }

    private int status(String path) {
        try {
            return deployment().gateway().status(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
