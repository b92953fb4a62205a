package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.StoredRecord;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The contract of the record store. Each kind of Redis runs all of it.
abstract class RecordStoreContract extends NamespaceContract {
    @Test
    void keepsBytesTypeAndMetadata() {
        Content content = new Content(new byte[] {0, -1, 10, 13}, "application/x-any", Map.of("wer", "🦊"));

        Outcome.Write written =
                service().execute(new Operation.Put(namespace, "a/b {c} 🦊", content, Precondition.NONE));

        assertThat(written).isInstanceOfSatisfying(Outcome.Stored.class, stored -> {
            assertThat(stored.created()).isTrue();
            assertThat(get("a/b {c} 🦊"))
                    .isEqualTo(new Outcome.Found(
                            new StoredRecord("a/b {c} 🦊", stored.version(), StoredRecord.NEVER, content)));
        });
    }

    @Test
    void answersThatARecordIsAbsent() {
        assertThat(get("nothing")).isEqualTo(new Outcome.Absent());
        assertThat(delete("nothing", Precondition.NONE)).isEqualTo(new Outcome.Absent());
        assertThat(count()).isEqualTo(new Outcome.Size(false, 0));
        assertThat(keys("", 10)).isEmpty();
    }

    @Test
    void versionGrowsAcrossDeletionAndRecreation() {
        long previous = 0;
        for (int i = 0; i < 20; i++) {
            long created = put("a", "1");
            long replaced = put("a", "2");
            assertThat(delete("a", Precondition.NONE)).isInstanceOf(Outcome.Removed.class);
            assertThat(created).isGreaterThan(previous);
            assertThat(replaced).isGreaterThan(created);
            previous = replaced;
        }
    }

    @Test
    void writesOnlyWhereThePreconditionHolds() {
        assertThat(service().execute(putting("a", "1", Precondition.PRESENT)))
                .isEqualTo(new Outcome.Conflict(Outcome.Conflict.ABSENT));
        assertThat(service().execute(putting("a", "1", Precondition.version(7))))
                .isEqualTo(new Outcome.Conflict(Outcome.Conflict.ABSENT));
        long version = put("a", "1");
        assertThat(service().execute(putting("a", "2", Precondition.ABSENT))).isEqualTo(new Outcome.Conflict(version));
        assertThat(service().execute(putting("a", "2", Precondition.version(version - 1))))
                .isEqualTo(new Outcome.Conflict(version));
        assertThat(delete("a", Precondition.version(version - 1))).isEqualTo(new Outcome.Conflict(version));
        assertThat(service().execute(putting("a", "2", Precondition.version(version))))
                .isInstanceOf(Outcome.Stored.class);
        assertThat(get("a"))
                .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        found -> assertThat(found.stored().content()).isEqualTo(content("2")));
    }

    @Test
    void repeatedWriteIsAnsweredAsTheFirstTime() {
        Operation.Put create = putting("a", "1", Precondition.ABSENT);
        Outcome.Write first = service().execute(create);
        assertThat(service().execute(create)).isEqualTo(first);

        Operation.Put replace = putting("a", "2", Precondition.version(((Outcome.Stored) first).version()));
        Outcome.Write second = service().execute(replace);
        assertThat(service().execute(replace)).isEqualTo(second);
        assertThat(service().execute(create)).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void laterWriteDecidesWhetherARecordExpires() {
        service().execute(puttingFor(Duration.ofMillis(300), "a"));
        service().execute(puttingFor(Duration.ofMillis(300), "gone"));
        put("a", "{}");

        await().atMost(Duration.ofSeconds(10)).until(() -> get("gone").equals(new Outcome.Absent()));
        assertThat(get("a")).isInstanceOf(Outcome.Found.class);
        assertThat(keys("", 10)).containsExactly("a");
    }

    @Test
    void concurrentCompareAndSetLosesNoUpdate() throws Exception {
        put("counter", "0");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> adders = Collections.nCopies(16, this::addTwenty);
            for (Future<Void> adder : executor.invokeAll(adders)) {
                adder.get();
            }
        }
        assertThat(text("counter")).isEqualTo("320");
    }

    private Void addTwenty() {
        for (int added = 0; added < 20; ) {
            StoredRecord stored = ((Outcome.Found) get("counter")).stored();
            int value = Integer.parseInt(new String(stored.content().bytes(), UTF_8));
            Outcome.Write write = service()
                    .execute(putting("counter", Integer.toString(value + 1), Precondition.version(stored.version())));
            added += write instanceof Outcome.Stored ? 1 : 0;
        }
        return null;
    }

    @Test
    void operationsOnOneKeyKeepTheirOrderAndFailAlone() {
        List<Outcome> outcomes = service()
                .executeAll(List.of(
                        putting("a", "1", Precondition.NONE),
                        new Operation.Get(namespace, "a"),
                        new Operation.Delete(namespace, "a", Precondition.NONE),
                        new Operation.Get(namespace, "a"),
                        putting("x".repeat(513), "1", Precondition.NONE),
                        putting("a", "2", Precondition.ABSENT)));

        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Found.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Removed.class);
        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Absent());
        assertThat(outcomes.get(4))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.type()).isEqualTo(ProblemType.INVALID_ID));
        assertThat(outcomes.get(5)).isInstanceOf(Outcome.Stored.class);
        assertThat(text("a")).isEqualTo("2");
    }

    @Test
    void refusesCallsItCannotTake() {
        assertThat(service().send("application/cbor", "wrong", new byte[0]).statusCode())
                .isEqualTo(401);
        assertThat(service()
                        .send("text/plain", StorageService.CREDENTIAL, new byte[0])
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<byte[]> garbage =
                service().send("application/cbor", StorageService.CREDENTIAL, "garbage".getBytes(UTF_8));
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(garbage.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        HttpResponse<byte[]> large =
                service().send("application/cbor", StorageService.CREDENTIAL, new byte[19 * 1024 * 1024]);
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void saysThatItIsReady() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(service().get("/readyz").statusCode()).isEqualTo(200));
        assertThat(service().get("/livez").statusCode()).isEqualTo(200);
    }
}
