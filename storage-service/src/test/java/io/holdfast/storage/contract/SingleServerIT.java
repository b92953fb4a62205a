package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.launcher.redis.RedisServer;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract over one server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleServerIT extends RecordStoreContract {
    private static final String PASSWORD = "single-test-password";
    private static final Namespace NAMESPACE = new Namespace("documents", "levels");

    private RedisServer server;
    private StorageService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = RedisServer.start(directory, 0, PASSWORD);
        service = new StorageService(
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + server.address().port(),
                "--spring.data.redis.password=" + PASSWORD);
    }

    @AfterAll
    void stop() {
        service.close();
        server.close();
    }

    @Override
    StorageService service() {
        return service;
    }

    @Test
    void promisesMemoryAndRefusesAtOnceWhatNeedsReplicas() {
        assertThat(service.execute(write("a", null)))
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        stored -> assertThat(stored.reached()).isEqualTo(Reached.MEMORY));
        assertThat(service.executeAll(List.of(write("b", Durability.REPLICATED)))
                        .getFirst())
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.type()).isEqualTo(ProblemType.DURABILITY_UNAVAILABLE);
                    assertThat(failed.detail()).contains("no replicas", "'memory'", "Nothing was changed");
                });
        assertThat(service.execute(new Operation.Get(NAMESPACE, "b"))).isEqualTo(new Outcome.Absent());
    }

    @Test
    void readsAtEveryConsistencyAndTellsWhatSurvivedARestart() {
        Outcome outcome = service.execute(write("r", null));
        Outcome.Stored stored = (Outcome.Stored) outcome;
        Session session = Session.NONE.with(stored.origin().partition(), stored.version());
        for (Consistency consistency :
                List.of(Consistency.STRONG, Consistency.LINEARIZABLE, Consistency.eventual(session))) {
            assertThat(service.execute(new Operation.Get(NAMESPACE, "r", consistency)))
                    .isInstanceOfSatisfying(
                            Outcome.Found.class,
                            found -> assertThat(found.stored().version()).isEqualTo(stored.version()));
        }
        Operation.Verify question = new Operation.Verify(stored.origin(), stored.version());
        assertThat(service.execute(question).state()).isEqualTo(Outcome.Fate.State.SURVIVED);

        server.kill();
        server.start();
        server.awaitAnswer();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat((Outcome) service.execute(write("r", null))).isInstanceOf(Outcome.Stored.class);
            assertThat(service.execute(question).state()).isEqualTo(Outcome.Fate.State.SURVIVED);
            assertThat(service.execute(new Operation.ListFailovers(1_000)).failovers())
                    .anySatisfy(failover -> {
                        assertThat(failover.closed()).isEqualTo(stored.origin().label());
                        assertThat(failover.lost()).isZero();
                    });
        });
    }

    /// Which of the two it is depends on the Redis that is installed here.
    @Test
    void confirmsTheDiskOrSaysWhatIsMissing() {
        Outcome outcome =
                service.executeAll(List.of(write("d", Durability.DISK))).getFirst();

        switch (outcome) {
            case Outcome.Stored stored -> assertThat(stored.reached()).isEqualTo(new Reached(Durability.DISK, 0));
            case Outcome.Failed(ProblemType type, String detail) -> {
                assertThat(type).isEqualTo(ProblemType.DURABILITY_UNAVAILABLE);
                assertThat(detail).contains("Redis 7.2 or later", "'memory'");
                assertThat(service.execute(new Operation.Get(NAMESPACE, "d"))).isEqualTo(new Outcome.Absent());
            }
            default -> fail("unexpected " + outcome);
        }
    }

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
