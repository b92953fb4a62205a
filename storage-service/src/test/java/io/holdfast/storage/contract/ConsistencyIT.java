package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Session;
import io.holdfast.storage.partition.Partitions;
import io.lettuce.core.cluster.SlotHash;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a read at each consistency sees, and does not see, where a replica is behind and then takes over.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsistencyIT {
    private static final Namespace NAMESPACE = new Namespace("documents", "reads");
    private static final Consistency EVENTUAL = Consistency.eventual(Session.NONE);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ShardedStorage storage;

    @BeforeAll
    void start(@TempDir Path directory) {
        storage = ShardedStorage.start(directory);
    }

    @AfterAll
    void stop() {
        storage.close();
    }

    private Outcome.Stored write(String key, String text, Durability level) {
        Outcome outcome = storage.service()
                .execute(new Operation.Put(
                        NAMESPACE,
                        key,
                        new Content(text.getBytes(UTF_8), "text/plain"),
                        Precondition.NONE,
                        null,
                        Operation.newOperationId(),
                        level));
        return (Outcome.Stored) outcome;
    }

    private Outcome read(String key, Consistency consistency) {
        return storage.service().execute(new Operation.Get(NAMESPACE, key, consistency), SHORT);
    }

    private String text(String key, Consistency consistency) {
        return read(key, consistency) instanceof Outcome.Found(var found)
                ? new String(found.content().bytes(), UTF_8)
                : "nothing";
    }

    private CutLink cut(String key) throws IOException {
        return CutLink.of(
                storage.cluster(),
                SlotHash.getSlot(
                        storage.service().bean(Partitions.class).of(key).clock()));
    }

    private double eventualReadsBy(String who) {
        return storage.service()
                .bean(MeterRegistry.class)
                .get("holdfast.storage.reads.eventual")
                .tag("by", who)
                .counter()
                .count();
    }

    @Test
    void seesWhatIsThereAtEveryConsistency() {
        assertThat(read("none", Consistency.LINEARIZABLE)).isEqualTo(new Outcome.Absent());
        assertThat(read("none", EVENTUAL)).isEqualTo(new Outcome.Absent());

        write("a", "1", Durability.REPLICATED);

        assertThat(text("a", Consistency.STRONG)).isEqualTo("1");
        assertThat(text("a", Consistency.LINEARIZABLE)).isEqualTo("1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text("a", EVENTUAL)).isEqualTo("1"));
    }

    /// The replica keeps answering with what it has. Who brings a session is answered by the primary.
    @Test
    void aSessionSeesItsOwnWritesThoughReplicasAreBehind() throws IOException {
        write("s", "old", Durability.REPLICATED);
        await().atMost(PATIENCE).untilAsserted(() -> {
            double before = eventualReadsBy("replica");
            assertThat(text("s", EVENTUAL)).isEqualTo("old");
            assertThat(eventualReadsBy("replica")).isEqualTo(before + 1);
        });
        try (CutLink _ = cut("s")) {
            Outcome.Stored stored = write("s", "new", Durability.MEMORY);
            Session session = Session.NONE.with(stored.origin().partition(), stored.version());

            assertThat(text("s", Consistency.eventual(session))).isEqualTo("new");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(text("s", EVENTUAL)).isEqualTo("old"));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text("s", EVENTUAL)).isEqualTo("new"));
    }

    /// What `strong` shows can be lost; `linearizable` rather shows nothing, and is back with the replica.
    @Test
    void onlyAStrongReadShowsWhatAFailoverTakesBack() throws Exception {
        write("l", "safe", Durability.REPLICATED);
        try (CutLink link = cut("l")) {
            write("l", "doomed", Durability.MEMORY);

            assertThat(text("l", Consistency.STRONG)).isEqualTo("doomed");
            assertThat(read("l", Consistency.LINEARIZABLE)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
                assertThat(failed.detail()).contains("0 did");
            });

            link.killPrimary();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(text("l", Consistency.STRONG)).isEqualTo("safe"));
            assertThat(read("l", Consistency.LINEARIZABLE)).isInstanceOf(Outcome.Failed.class);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(text("l", Consistency.LINEARIZABLE)).isEqualTo("safe"));
    }
}
