package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The part of the contract that is about writes that take place once.
abstract class OnceContract extends StoreFixture {
    private static final Duration DAY = Duration.ofHours(24);

    private IdempotencyKey key(String fingerprint) {
        return new IdempotencyKey(namespace.name(), fingerprint, DAY, "note 🟦");
    }

    private Operation.Delete deleting(String key) {
        return new Operation.Delete(namespace, key, Precondition.NONE);
    }

    private Outcome.Once once(Operation<?> write, IdempotencyKey key) {
        return service().execute(new Operation.Once(write, key));
    }

    private Outcome.Recollection recall(String key, IdempotencyKey of) {
        return service().execute(new Operation.Recall(namespace, key, of));
    }

    private Outcome.Claiming claim(String fingerprint, String owner, Duration lease) {
        return service().execute(new Operation.Claim(key(fingerprint), owner, lease));
    }

    private static Outcome first(Outcome.Once outcome) {
        assertThat(outcome).isInstanceOf(Outcome.First.class);
        return ((Outcome.First) outcome).outcome();
    }

    @Test
    void repeatedWriteIsAnsweredAsTheFirstTimeWhateverCameBetween() {
        Outcome created = first(once(putting("a", "1", Precondition.ABSENT), key("f")));
        assertThat(created)
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        stored -> assertThat(stored.created()).isTrue());
        service().execute(putting("a", "2", Precondition.NONE));
        assertThat(once(putting("a", "1", Precondition.ABSENT), key("f")))
                .isEqualTo(new Outcome.Repeated(created, "note 🟦"));
        service().execute(deleting("a"));

        // With an operation id of its own, as another service would make for it.
        assertThat(once(putting("a", "1", Precondition.NONE), key("f").withNote("other")))
                .isEqualTo(new Outcome.Repeated(created, "note 🟦"));
        assertThat(service().execute(new Operation.Get(namespace, "a"))).isEqualTo(new Outcome.Absent());
    }

    @Test
    void repeatedRemovalIsAnsweredAsTheFirstTime() {
        service().execute(putting("a", "1", Precondition.NONE));
        Outcome removed = first(once(deleting("a"), key("")));
        assertThat(removed).isInstanceOf(Outcome.Removed.class);
        service().execute(putting("a", "2", Precondition.NONE));

        assertThat(once(deleting("a"), key(""))).isEqualTo(new Outcome.Repeated(removed, "note 🟦"));
        assertThat(service().execute(new Operation.Get(namespace, "a"))).isInstanceOf(Outcome.Found.class);
    }

    @Test
    void repeatedDropLeavesAloneWhatCameSince() {
        Operation.DropNamespace drop = new Operation.DropNamespace(namespace);
        assertThat(once(drop, key("f"))).isEqualTo(new Outcome.First(new Outcome.Dropped(false)));
        service().execute(putting("a", "1", Precondition.NONE));
        assertThat(once(drop, key("f"))).isEqualTo(new Outcome.First(new Outcome.Dropped(true)));
        service().execute(putting("a", "2", Precondition.NONE));

        assertThat(once(drop, key("f"))).isEqualTo(new Outcome.Repeated(new Outcome.Dropped(true), ""));
        assertThat(once(drop, key("g"))).isEqualTo(new Outcome.KeyReused());
        assertThat(recall(namespace.qualifiedName(), key("f")))
                .isEqualTo(new Outcome.Repeated(new Outcome.Dropped(true), ""));
        assertThat(service().execute(new Operation.Get(namespace, "a"))).isInstanceOf(Outcome.Found.class);
        assertThat(service().execute(new Operation.Count(namespace))).isEqualTo(new Outcome.Size(true, 1));
    }

    @Test
    void anotherFingerprintIsRefused() {
        first(once(putting("a", "1", Precondition.NONE), key("f")));

        assertThat(once(putting("a", "2", Precondition.NONE), key("g"))).isEqualTo(new Outcome.KeyReused());
        assertThat(once(deleting("a"), key("f-longer"))).isEqualTo(new Outcome.KeyReused());
        assertThat(recall("a", key("g"))).isEqualTo(new Outcome.KeyReused());
    }

    @Test
    void refusedWriteIsNotKept() {
        assertThat(first(once(putting("a", "1", Precondition.PRESENT), key("f"))))
                .isEqualTo(new Outcome.Conflict(Outcome.Conflict.ABSENT));
        assertThat(first(once(deleting("a"), key("g")))).isEqualTo(new Outcome.Absent());
        assertThat(recall("a", key("f"))).isEqualTo(new Outcome.Absent());

        assertThat(first(once(putting("a", "1", Precondition.ABSENT), key("f"))))
                .isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void recallsTogetherWithTheRecord() {
        Outcome created = first(once(putting("a", "1", Precondition.ABSENT), key("f")));

        List<Outcome> outcomes = service()
                .executeAll(List.of(
                        new Operation.Recall(namespace, "a", key("f")),
                        new Operation.Get(namespace, "a"),
                        new Operation.Recall(namespace, "a", new IdempotencyKey("never", "", DAY, ""))));

        // A read does not tell how far the write has come.
        Outcome.Stored stored = (Outcome.Stored) created;
        assertThat(outcomes.get(0))
                .isEqualTo(new Outcome.Repeated(new Outcome.Stored(stored.version(), true), "note 🟦"));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Found.class);
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.Absent());
    }

    @Test
    void keptAndOtherWritesTravelTogether() {
        IdempotencyKey other = new IdempotencyKey(namespace.name() + "-2", "", DAY, "");
        List<Operation<?>> writes = List.of(
                putting("a", "1", Precondition.NONE),
                new Operation.Once(putting("a", "2", Precondition.NONE), key("f")),
                deleting("a"),
                new Operation.Once(putting("a", "2", Precondition.NONE), key("f")),
                new Operation.Once(putting("a", "3", Precondition.ABSENT), other),
                deleting("a"));

        List<Outcome> outcomes = service().executeAll(writes);

        assertThat(outcomes)
                .extracting(Outcome::getClass)
                .containsExactly(
                        Outcome.Stored.class,
                        Outcome.First.class,
                        Outcome.Removed.class,
                        Outcome.Repeated.class,
                        Outcome.First.class,
                        Outcome.Removed.class);
        assertThat(((Outcome.Repeated) outcomes.get(3)).outcome())
                .isEqualTo(((Outcome.First) outcomes.get(1)).outcome());
    }

    @Test
    void ofManyAtOnceOneTakesPlace() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Outcome.Once> attempt = () -> once(putting("a", "1", Precondition.ABSENT), key("f"));
            List<Future<Outcome.Once>> attempts = executor.invokeAll(Collections.nCopies(32, attempt));
            int first = 0;
            for (Future<Outcome.Once> each : attempts) {
                first += each.get() instanceof Outcome.First ? 1 : 0;
            }
            assertThat(first).isEqualTo(1);
        }
    }

    @Test
    void isForgottenWhenItsTimeIsOver() {
        IdempotencyKey shortly = new IdempotencyKey(namespace.name(), "f", Duration.ofMillis(300), "");
        first(once(putting("a", "1", Precondition.ABSENT), shortly));

        await().atMost(Duration.ofSeconds(10)).until(() -> recall("a", shortly).equals(new Outcome.Absent()));
        assertThat(first(once(putting("a", "2", Precondition.ABSENT), shortly))).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void whatIsKeptIsSmallAndLiesWithItsRecord() throws Exception {
        first(once(putting("a", "1".repeat(10_000), Precondition.ABSENT), key("0123456789012345678901")));

        Partition partition = service().bean(Partitions.class).of("a");
        byte[] kept = partition.kept(namespace.name());
        Redis redis = service().bean(Redis.class);
        assertThat(redis.commands().strlen(kept).get()).isLessThan(64);
        assertThat(redis.commands().pttl(kept).get()).isBetween(DAY.toMillis() - 60_000, DAY.toMillis());
    }

    @Test
    void oneOwnerAtATimeHasTheClaim() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(claim("f", "mine", minute)).isEqualTo(new Outcome.Claimed());
        assertThat(claim("f", "mine", minute)).isEqualTo(new Outcome.Claimed());
        assertThat(claim("f", "yours", minute)).isEqualTo(new Outcome.Busy());
        assertThat(claim("g", "mine", minute)).isEqualTo(new Outcome.KeyReused());
        assertThat(claim("f", "yours", Duration.ZERO)).isEqualTo(new Outcome.Busy());

        assertThat(claim("f", "mine", Duration.ZERO)).isEqualTo(new Outcome.Claimed());

        assertThat(claim("g", "yours", minute)).isEqualTo(new Outcome.Claimed());
    }

    @Test
    void aClaimPassesOnWhenItsLeaseEndsAndKeepsItsFingerprint() {
        assertThat(claim("f", "mine", Duration.ofMillis(200))).isEqualTo(new Outcome.Claimed());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> claim("f", "yours", Duration.ofMinutes(1)).equals(new Outcome.Claimed()));
        assertThat(claim("f", "mine", Duration.ZERO)).isEqualTo(new Outcome.Busy());
        assertThat(claim("g", "yours", Duration.ZERO)).isEqualTo(new Outcome.KeyReused());
    }

    @Test
    void refusesKeysThatCannotBeKept() {
        for (IdempotencyKey bad : List.of(
                new IdempotencyKey("", "", DAY, ""),
                new IdempotencyKey("a{b}", "", DAY, ""),
                new IdempotencyKey("a".repeat(65), "", DAY, ""),
                new IdempotencyKey("a", "f".repeat(65), DAY, ""),
                new IdempotencyKey("a", "", Duration.ZERO, ""),
                new IdempotencyKey("a", "", DAY, "n".repeat(IdempotencyKey.LONGEST_NOTE + 1)))) {
            for (Operation<?> operation : List.of(
                    new Operation.Once(deleting("a"), bad),
                    new Operation.Recall(namespace, "a", bad),
                    new Operation.Claim(bad, "owner", Duration.ofSeconds(1)))) {
                assertThat(service().executeAll(List.of(operation)).getFirst())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.type()).isEqualTo(ProblemType.INVALID_PARAMETER));
            }
        }
    }

    @Test
    void countsWhatIsKeptAndWhatCameAgain() {
        double kept = counted("kept");
        double repeated = counted("repeated");
        once(putting("a", "1", Precondition.NONE), key("f"));
        once(putting("a", "1", Precondition.NONE), key("f"));

        assertThat(counted("kept")).isEqualTo(kept + 1);
        assertThat(counted("repeated")).isEqualTo(repeated + 1);
    }

    private double counted(String outcome) {
        return service()
                .bean(MeterRegistry.class)
                .get("holdfast.storage.idempotency")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
