package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/// A cluster of three primaries and three replicas in one container of a public image. Its nodes go by
/// addresses of the loopback, which lead to them from inside the container and from outside alike, as
/// each port is the same on both sides.
final class ContainerCluster implements AutoCloseable {
    private static final int PRIMARIES = 3;
    private static final int NODES = 2 * PRIMARIES;
    private static final int BUS_OFFSET = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<Integer> ports;
    private final Container container;

    private ContainerCluster(DockerImageName image, String password) {
        ports = freePorts();
        container = new Container(image, ports, password, script());
    }

    /// @throws org.opentest4j.TestAbortedException where there is no engine, so that the test shows as
    ///     skipped and says why
    static ContainerCluster start(String image, String password) {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "No container engine answers here, so nothing was tested on " + image);
        ContainerCluster cluster = new ContainerCluster(DockerImageName.parse(image), password);
        try {
            cluster.container.start();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    String addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /// What `INFO server` of a node says, to tell that the server is the one that was meant.
    String server() {
        try {
            var answer = container.execInContainer(
                    "bash",
                    "-c",
                    "$(command -v redis-cli || command -v valkey-cli) -p " + ports.getFirst() + " info server");
            assertThat(answer.getExitCode()).as(answer.getStderr()).isZero();
            return answer.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        container.close();
    }

    /// Starts the servers, makes them a cluster, and says so when all replicas are in step.
    private String script() {
        String nodes = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(" "));
        String all = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return """
                server=$(command -v redis-server || command -v valkey-server)
                client=$(command -v redis-cli || command -v valkey-cli)
                for port in %1$s; do
                    mkdir -p /tmp/$port
                    printf '%%s\\n' "port $port" "dir /tmp/$port" "requirepass $PASSWORD" "masterauth $PASSWORD" \\
                        'bind 0.0.0.0' 'appendonly yes' 'save ""' 'cluster-enabled yes' 'cluster-node-timeout 2500' \\
                        'cluster-announce-ip 127.0.0.1' 'repl-diskless-sync-delay 0' >/tmp/$port/conf
                    $server /tmp/$port/conf >/tmp/$port/log 2>&1 &
                done
                for port in %1$s; do
                    until $client -p $port ping | grep -q PONG; do sleep 0.2; done
                done
                $client --cluster create %2$s --cluster-replicas 1 --cluster-yes || exit 1
                for port in %1$s; do
                    until $client -p $port cluster info | grep -q cluster_state:ok &&
                        $client -p $port info replication | grep -q -e connected_slaves:1 -e master_link_status:up; do
                        sleep 0.2
                    done
                done
                echo the cluster is complete
                wait
                """.formatted(all, nodes);
    }

    private static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < NODES) {
                ServerSocket socket = new ServerSocket(0);
                // Its bus has to have a port, too.
                if (socket.getLocalPort() + BUS_OFFSET < 65_536) {
                    sockets.add(socket);
                } else {
                    socket.close();
                }
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(ContainerCluster::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Container extends GenericContainer<Container> {
        Container(DockerImageName image, List<Integer> ports, String password, String script) {
            super(image);
            withEnv("PASSWORD", password);
            withEnv("REDISCLI_AUTH", password); // which the clients read
            withEnv("VALKEYCLI_AUTH", password);
            ports.forEach(port -> addFixedExposedPort(port, port));
            withCreateContainerCmdModifier(
                    command -> command.withEntrypoint("bash", "-c").withCmd(script));
            waitingFor(Wait.forLogMessage(".*the cluster is complete.*", 1).withStartupTimeout(PATIENCE));
        }
    }
}
