package io.holdfast.balancing;

import static io.holdfast.balancing.FakeUpstream.next;
import static io.holdfast.balancing.FakeUpstream.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final FakeUpstream fake = new FakeUpstream(
            Strategy.ROUND_ROBIN,
            new UpstreamRules(
                    RetryRule.DEFAULT,
                    BudgetRule.DEFAULT,
                    new HedgingRule(0.95, 1, Duration.ZERO),
                    EjectionRule.DEFAULT,
                    Duration.ZERO));
    private final Upstream upstream = fake.upstream;

    @Test
    void goesToAnotherInstanceAtOnceAfterAConnectFailure() {
        fake.healthy("a", "b");
        Attempts attempts = fake.attempts(false);
        Attempt first = next(attempts);
        first.failed(Failure.UNREACHABLE, "connection refused");
        assertThat(sent(attempts.next()).instance()).isNotSameAs(first.instance());
    }

    @Test
    void takesAnUnhealthyInstanceWhenTheHealthyOnesFailed() {
        upstream.discovered(Instances.uris("a", "b"));
        fake.ready("a");
        Attempts attempts = fake.attempts(false);
        Attempt first = next(attempts);
        assertThat(first.instance().id()).isEqualTo("a");
        first.failed(Failure.UNREACHABLE, "connection refused");
        assertThat(next(attempts).instance().id()).isEqualTo("b");
    }

    @Test
    void givesAllTheTimeThatIsLeftToWhatNeedsMoreThanAnAttempts() {
        fake.healthy("a", "b");
        Attempts attempts = fake.attempts(true);
        Attempt first = next(attempts);
        assertThat(first.limit()).isEqualTo(RetryRule.DEFAULT.attemptTimeout());
        fake.pass(first.limit());
        first.cancelled();
        assertThat(attempts.resume())
                .hasValueSatisfying(
                        more -> assertThat(more.limit()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7)));
        assertThat(attempts.resume()).isEmpty();
    }

    @Test
    void resumesNothingThatMayNotBeRepeated() {
        fake.healthy("a", "b");
        Attempts attempts = fake.attempts(false);
        next(attempts).cancelled();
        assertThat(attempts.resume()).isEmpty();
    }

    @Test
    void pausesLongerEachTimeAllInstancesWereTried() {
        fake.healthy("a");
        Attempts attempts = fake.attempts(false);
        for (long longest : new long[] {50, 100, 200, 400, 500, 500}) {
            next(attempts).failed(Failure.NOT_SENT, "stale");
            assertThat(waits(attempts.next())).isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }

    @Test
    void losesPatienceWithAServiceThatIsGone() {
        fake.healthy("a");
        Attempts attempts = fake.attempts(true);
        fake.pass(Duration.ofSeconds(8));
        assertThat(afterFailure(attempts, next(attempts), Failure.UNREACHABLE))
                .isEqualTo(givesUp(Step.Reason.PATIENCE));
    }

    @Test
    void triesNoLongerThanItsDeadline() {
        fake.healthy("a", "b");
        Attempts attempts = fake.attempts(true);
        Attempt attempt = next(attempts);
        fake.pass(FakeUpstream.TIME);
        assertThat(afterFailure(attempts, attempt, Failure.UNREACHABLE)).isEqualTo(givesUp(Step.Reason.DEADLINE));
    }

    @Test
    void sendsAgainOnlyWhatIsSafeToRepeat() {
        fake.healthy("a", "b");
        for (Failure failure : new Failure[] {Failure.CUT_OFF, Failure.UNANSWERED, Failure.REFUSED, Failure.FAULT}) {
            Attempts unsafe = fake.attempts(false);
            assertThat(afterFailure(unsafe, next(unsafe), failure)).isEqualTo(givesUp(Step.Reason.NOT_REPEATABLE));
            Attempts safe = fake.attempts(true);
            assertThat(afterFailure(safe, next(safe), failure)).isInstanceOf(Step.Send.class);
        }
    }

    @Test
    void sendsNoMoreOftenThanAllowed() {
        fake.healthy("a", "b", "c", "d", "e");
        Attempts attempts = fake.attempts(true);
        next(attempts).failed(Failure.REFUSED, "503");
        next(attempts).failed(Failure.NOT_SENT, "stale");
        next(attempts).failed(Failure.REFUSED, "503");
        assertThat(afterFailure(attempts, next(attempts), Failure.REFUSED))
                .isEqualTo(givesUp(Step.Reason.ATTEMPTS_SPENT));
    }

    @Test
    void sendsWhatWasCutOffMoreOftenButNotForEver() {
        fake.healthy("a", "b");
        Attempts attempts = fake.attempts(true);
        for (int i = 0; i < 8; i++) {
            next(attempts).failed(Failure.CUT_OFF, "closed");
        }
        assertThat(afterFailure(attempts, next(attempts), Failure.CUT_OFF))
                .isEqualTo(givesUp(Step.Reason.ATTEMPTS_SPENT));
    }

    @Test
    void triesAFewInstancesAndThenPauses() {
        fake.healthy("a", "b", "c", "d", "e");
        Attempts attempts = fake.attempts(false);
        Attempt second = sent(afterFailure(attempts, next(attempts), Failure.NOT_SENT));
        Attempt third = sent(afterFailure(attempts, second, Failure.NOT_SENT));
        assertThat(waits(afterFailure(attempts, third, Failure.NOT_SENT))).isPositive();
    }

    @Test
    void leavesTimeForAnotherInstanceWhereTheRequestCanBeRepeated() {
        fake.healthy("a", "b");
        Attempts attempts = fake.attempts(true);
        Attempt first = next(attempts);
        assertThat(first.limit()).isEqualTo(Duration.ofSeconds(3));
        first.failed(Failure.UNANSWERED, "no answer");
        assertThat(next(attempts).limit()).isEqualTo(FakeUpstream.TIME);
    }

    @Test
    void leavesHalfOfAShortTime() {
        fake.healthy("a", "b");
        assertThat(next(fake.attempts(true, Duration.ofSeconds(1))).limit()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void givesAllTimeToARequestThatCannotBeRepeated() {
        fake.healthy("a", "b");
        assertThat(next(fake.attempts(false)).limit()).isEqualTo(FakeUpstream.TIME);
    }

    @Test
    void givesNothingWhereThereIsNoInstance() {
        assertThat(fake.attempts(true).next()).isEqualTo(givesUp(Step.Reason.NO_INSTANCE));
    }

    @Test
    void neverGivesOneInstanceToTwoConcurrentAttempts() {
        String[] names = IntStream.range(0, 64).mapToObj(Integer::toString).toArray(String[]::new);
        fake.healthy(names);
        Attempts attempts = fake.attempts(true);
        for (int i = 0; i < names.length; i++) {
            fake.attempts(true); // each earns a token of the hedging budget
        }
        next(attempts);
        Set<Instance> given = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i < names.length; i++) {
                threads.execute(() -> given.add(attempts.hedge().orElseThrow().instance()));
            }
        }
        assertThat(given).hasSize(names.length - 1);
        assertThat(attempts.hedge()).isEmpty();
    }

    @Test
    void triesNobodyTwiceBeforeAllWereTried() {
        fake.healthy("a", "b", "c", "d", "e");
        Attempts attempts = fake.attempts(false);
        List<Instance> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Attempt attempt = next(attempts);
            order.add(attempt.instance());
            attempt.failed(Failure.NOT_SENT, "stale");
        }
        assertThat(order.subList(0, 5)).doesNotHaveDuplicates();
        assertThat(order.subList(5, 10)).doesNotHaveDuplicates();
    }

    private static Step afterFailure(Attempts attempts, Attempt attempt, Failure failure) {
        attempt.failed(failure, "failed");
        return attempts.next();
    }

    private static Duration waits(Step step) {
        assertThat(step).isInstanceOf(Step.Wait.class);
        return ((Step.Wait) step).pause();
    }

    private static Step givesUp(Step.Reason reason) {
        return new Step.GiveUp(reason);
    }
}
