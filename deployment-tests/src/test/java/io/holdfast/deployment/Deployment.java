package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The platform as docker-compose.yml deploys it, under a project name, a port and secrets of its own,
/// so that it keeps out of the way of one that runs already.
final class Deployment implements AutoCloseable {
    private static final List<String> REDIS = List.of("redis-1", "redis-2", "redis-3", "redis-4", "redis-5", "redis-6");
    /// Thirteen containers may share two processors with the tests.
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Path secrets;
    private final int port = freePort();
    private final Commands commands;

    private Deployment(Path secrets) {
        this.secrets = secrets;
        commands = new Commands(Map.of(
                "COMPOSE_PROJECT_NAME",
                "holdfast-test-" + ProcessHandle.current().pid(),
                "HOLDFAST_VERSION",
                "test",
                "HOLDFAST_PORT",
                Integer.toString(port),
                "HOLDFAST_SECRETS_FOLDER",
                secrets.toString(),
                "HOLDFAST_ROLL_PATIENCE",
                Long.toString(PATIENCE.toSeconds()),
                // Compiles faster and less, which is what short-lived services on a small machine need.
                "HOLDFAST_JVM_OPTIONS",
                "-XX:TieredStopAtLevel=1"));
    }

    /// Builds the images and starts everything.
    ///
    /// @throws org.opentest4j.TestAbortedException where there is no engine, so that the test shows as
    ///     skipped and says why
    static Deployment start(Path secrets) {
        Deployment deployment = new Deployment(secrets);
        assumeTrue(
                deployment.commands.attempt("docker", "info").status() == 0,
                "No container engine answers here ('docker info' fails), so the Compose deployment was not tested");
        assumeTrue(
                deployment.commands.attempt("docker", "compose", "version").status() == 0,
                "There is no Compose v2 here ('docker compose version' fails), so the deployment was not tested");
        try {
            deployment.commands.run("deployment/secrets");
            deployment.compose("build");
            deployment.up();
            return deployment;
        } catch (RuntimeException | AssertionError e) {
            deployment.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /// By its address in the network that the dashboards share with it, as its port is not published.
    Prometheus prometheus() {
        String networks = engine(
                "inspect",
                "-f",
                "{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{$network.IPAddress}}{{println}}{{end}}",
                containers("prometheus").getFirst());
        String address = networks.lines()
                .map(line -> line.split(" "))
                .filter(network -> network[0].endsWith("_watch"))
                .map(network -> network[1])
                .findFirst()
                .orElseThrow();
        return new Prometheus(URI.create("http://%s:9090/api/v1/".formatted(address)));
    }

    Gateway gateway() {
        return Gateway.of("127.0.0.1:" + port, secrets);
    }

    String compose(String... arguments) {
        return commands.run(command(arguments));
    }

    private static String[] command(String... arguments) {
        return Stream.concat(Stream.of("docker", "compose"), Stream.of(arguments))
                .toArray(String[]::new);
    }

    /// Starts what does not run, and returns when all is healthy.
    void up() {
        compose(
                "up",
                "-d",
                "--wait",
                "--wait-timeout",
                Long.toString(PATIENCE.toSeconds()),
                "--scale",
                "app-service=2",
                "gateway-service",
                "prometheus");
    }

    void roll(String service) {
        commands.run("deployment/roll", service);
    }

    String engine(String... arguments) {
        return commands.run(
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }

    List<String> containers(String service) {
        return compose("ps", "-q", service).lines().toList();
    }

    String health(String container) {
        return engine("inspect", "-f", "{{.State.Health.Status}}", container).strip();
    }

    /// What a shell inside a container of the service prints.
    Commands.Result inside(String service, String script) {
        return commands.attempt(command("exec", "-T", service, "bash", "-c", script));
    }

    /// The lines of `CLUSTER NODES`, as a Redis node sees them.
    List<String> clusterNodes(String node) {
        Commands.Result result = commands.attempt(command("exec", "-T", node, "redis-node", "cli", "cluster", "nodes"));
        return result.status() == 0 ? result.output().lines().toList() : List.of();
    }

    /// The Redis node that is a primary at the moment and comes first.
    String primary() {
        return clusterNodes("redis-1").stream()
                .filter(line -> line.contains("master") && !line.contains("fail"))
                .map(line -> line.replaceFirst("^\\S+ [^,]+,(\\S+) .*$", "$1"))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    /// Waits until all Redis nodes are healthy and know six nodes that are in order, a replica for each
    /// primary among them.
    void awaitWholeCluster() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            for (String node : REDIS) {
                List<String> lines = clusterNodes(node);
                assertThat(lines).as(node).hasSize(6).allMatch(line -> line.contains(" connected"));
                assertThat(lines).as(node).noneMatch(line -> line.contains("fail") || line.contains("noaddr"));
                assertThat(lines.stream()
                                .filter(line -> line.contains("slave"))
                                .map(line -> line.replaceFirst("^(\\S+ ){3}(\\S+) .*$", "$2")))
                        .as(node)
                        .doesNotHaveDuplicates()
                        .hasSize(3);
            }
            assertThat(REDIS.stream().flatMap(node -> containers(node).stream()).map(this::health))
                    .hasSize(6)
                    .allMatch("healthy"::equals);
        });
    }

    /// Cuts a Redis node and one of the storage services off from the other Redis nodes and storage services. App
    /// services reach the storage services of both sides.
    Partition cutOff(String redis) {
        List<String> storages = containers("storage-service");
        Stream<String> redisElsewhere =
                REDIS.stream().filter(node -> !node.equals(redis)).flatMap(node -> containers(node).stream());
        return Partition.between(
                commands,
                List.of(containers(redis).getFirst(), storages.getFirst()),
                Stream.concat(redisElsewhere, storages.stream().skip(1)).toList());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes containers, networks and volumes.
    @Override
    public void close() {
        commands.attempt(command("down", "--volumes", "--timeout", "5"));
    }
}
