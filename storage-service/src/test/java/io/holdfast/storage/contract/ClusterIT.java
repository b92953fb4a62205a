package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.launcher.redis.RedisCluster;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract over a cluster of three primaries and three replicas, and what only a cluster does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT extends RecordStoreContract {
    private static final String PASSWORD = "cluster-test-password";

    private RedisCluster cluster;
    private StorageService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = RedisCluster.start(directory, 0, PASSWORD);
        service = new StorageService(
                "--spring.data.redis.cluster.nodes=" + cluster.addresses(), "--spring.data.redis.password=" + PASSWORD);
    }

    @AfterAll
    void stop() {
        service.close();
        cluster.close();
    }

    @Override
    StorageService service() {
        return service;
    }

    @Test
    void spreadsRecordsEvenlyOverThePrimaries() throws Exception {
        Namespace spread = new Namespace("documents", "spread");
        for (int i = 0; i < 9; i++) {
            int batch = i;
            service.executeAll(IntStream.range(0, 1000)
                    .mapToObj(j -> write(spread, "id-" + (batch * 1000 + j)))
                    .toList());
        }
        List<Long> keys = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            keys.add(cluster.admin(node).keys());
        }
        long largest = keys.stream().mapToLong(Long::longValue).max().orElseThrow();
        long smallest = keys.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat((double) largest / smallest).as("%s", keys).isLessThan(1.25);
    }

    @Test
    void failoverIsAPauseAndNotAnError() {
        Namespace survivors = new Namespace("documents", "survivors");
        for (int i = 0; i < 100; i++) {
            assertThat(service.execute(write(survivors, "before-" + i))).isInstanceOf(Outcome.Stored.class);
        }
        cluster.kill(0);
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(service.execute(write(survivors, "during-" + i))).isInstanceOf(Outcome.Stored.class);
            }
            assertThat(service.execute(new Operation.Count(survivors))).isEqualTo(new Outcome.Size(true, 200));
        } finally {
            cluster.start(0);
            cluster.awaitHealthy();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(service.get("/readyz").statusCode()).isEqualTo(200));
    }

    private static Operation.Put write(Namespace namespace, String key) {
        return new Operation.Put(namespace, key, new Content(new byte[] {'1'}, "application/json"), Precondition.NONE);
    }
}
