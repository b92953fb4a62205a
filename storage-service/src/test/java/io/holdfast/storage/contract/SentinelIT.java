package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.RedisBinary;
import io.holdfast.launcher.redis.RedisServer;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary and a replica that a Sentinel watches over: the service finds the primary through the Sentinel, and
/// the new one when the first is gone.
class SentinelIT {
    private static final String PASSWORD = "sentinel-test-password";
    private static final Namespace NAMESPACE = new Namespace("documents", "watched");

    @Test
    void followsTheSentinelToTheNewPrimary(@TempDir Path directory) throws IOException {
        try (RedisServer primary = RedisServer.start(directory.resolve("primary"), 0, PASSWORD);
                RedisServer replica = RedisServer.start(directory.resolve("replica"), 0, PASSWORD)) {
            replica.admin()
                    .ask(
                            "REPLICAOF",
                            "127.0.0.1",
                            Integer.toString(primary.address().port()));
            await().atMost(Duration.ofSeconds(30)).until(() -> replica.admin().inSync());
            int port = freePort();
            Process sentinel = sentinel(directory, port, primary.address().port());
            try (StorageService service = new StorageService(
                    "--spring.data.redis.sentinel.master=holdfast",
                    "--spring.data.redis.sentinel.nodes=127.0.0.1:" + port,
                    "--spring.data.redis.password=" + PASSWORD)) {
                assertThat(service.execute(write("before", null)))
                        .isInstanceOfSatisfying(
                                Outcome.Stored.class,
                                stored ->
                                        assertThat(stored.reached()).isEqualTo(new Reached(Durability.REPLICATED, 1)));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> replica.admin().keys() == primary.admin().keys());

                primary.kill();

                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.execute(write("after", Durability.MEMORY)) instanceof Outcome.Stored);
                assertThat(service.execute(new Operation.Count(NAMESPACE))).isEqualTo(new Outcome.Size(true, 2));

                primary.start();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.execute(write("confirmed", null)) instanceof Outcome.Stored);
            } finally {
                sentinel.destroyForcibly();
            }
        }
    }

    private static Process sentinel(Path directory, int port, int primary) throws IOException {
        Path conf = directory.resolve("sentinel.conf");
        Files.writeString(conf, """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor holdfast 127.0.0.1 %d 1
                sentinel auth-pass holdfast %s
                sentinel down-after-milliseconds holdfast 1000
                sentinel failover-timeout holdfast 5000
                """.formatted(port, directory, primary, PASSWORD));
        return new ProcessBuilder(List.of(RedisBinary.find().executable().toString(), conf.toString(), "--sentinel"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sentinel.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// @param durability null: replicated, as there is a replica
    private static Operation.Put write(String key, @Nullable Durability durability) {
        return new Operation.Put(
                NAMESPACE,
                key,
                new Content(new byte[] {'1'}, "text/plain"),
                Precondition.NONE,
                null,
                Operation.newOperationId(),
                durability);
    }
}
