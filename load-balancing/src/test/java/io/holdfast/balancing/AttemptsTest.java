package io.holdfast.balancing;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration TIME = Duration.ofSeconds(10);

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
        healthy("a", "b");
        Attempts attempts = attempts(false);
        Attempt first = next(attempts);
        first.failed(Failure.UNREACHABLE, "connection refused");
        assertThat(sent(attempts.next()).instance()).isNotSameAs(first.instance());
    }

    @Test
    void takesAnUnhealthyInstanceWhenTheHealthyOnesFailed() {
        upstream.discovered(Instances.uris("a", "b"));
        fake.ready("a");
        Attempts attempts = attempts(false);
        Attempt first = next(attempts);
        assertThat(first.instance().id()).isEqualTo("a");
        first.failed(Failure.UNREACHABLE, "connection refused");
        assertThat(next(attempts).instance().id()).isEqualTo("b");
    }

    @Test
    void pausesLongerEachTimeAllInstancesWereTried() {
        healthy("a");
        Attempts attempts = attempts(false);
        for (long longest : new long[] {50, 100, 200, 400, 500, 500}) {
            next(attempts).failed(Failure.NOT_SENT, "stale");
            assertThat(waits(attempts.next())).isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }

    @Test
    void losesPatienceWithAServiceThatIsGone() {
        healthy("a");
        Attempts attempts = attempts(true);
        fake.pass(Duration.ofSeconds(8));
        assertThat(afterFailure(attempts, next(attempts), Failure.UNREACHABLE))
                .isEqualTo(givesUp(Step.Reason.PATIENCE));
    }

    @Test
    void triesNoLongerThanItsDeadline() {
        healthy("a", "b");
        Attempts attempts = attempts(true);
        Attempt attempt = next(attempts);
        fake.pass(TIME);
        assertThat(afterFailure(attempts, attempt, Failure.UNREACHABLE)).isEqualTo(givesUp(Step.Reason.DEADLINE));
    }

    @Test
    void sendsAgainOnlyWhatIsSafeToRepeat() {
        healthy("a", "b");
        for (Failure failure : new Failure[] {Failure.CUT_OFF, Failure.UNANSWERED, Failure.REFUSED, Failure.FAULT}) {
            Attempts unsafe = attempts(false);
            assertThat(afterFailure(unsafe, next(unsafe), failure)).isEqualTo(givesUp(Step.Reason.NOT_REPEATABLE));
            Attempts safe = attempts(true);
            assertThat(afterFailure(safe, next(safe), failure)).isInstanceOf(Step.Send.class);
        }
    }

    @Test
    void sendsNoMoreOftenThanAllowed() {
        healthy("a", "b", "c", "d", "e");
        Attempts attempts = attempts(true);
        next(attempts).failed(Failure.REFUSED, "503");
        next(attempts).failed(Failure.NOT_SENT, "stale");
        next(attempts).failed(Failure.REFUSED, "503");
        assertThat(afterFailure(attempts, next(attempts), Failure.REFUSED))
                .isEqualTo(givesUp(Step.Reason.ATTEMPTS_SPENT));
    }

    @Test
    void sendsWhatWasCutOffMoreOftenButNotForEver() {
        healthy("a", "b");
        Attempts attempts = attempts(true);
        for (int i = 0; i < 8; i++) {
            next(attempts).failed(Failure.CUT_OFF, "closed");
        }
        assertThat(afterFailure(attempts, next(attempts), Failure.CUT_OFF))
                .isEqualTo(givesUp(Step.Reason.ATTEMPTS_SPENT));
    }

    @Test
    void triesAFewInstancesAndThenPauses() {
        healthy("a", "b", "c", "d", "e");
        Attempts attempts = attempts(false);
        Attempt second = sent(afterFailure(attempts, next(attempts), Failure.NOT_SENT));
        Attempt third = sent(afterFailure(attempts, second, Failure.NOT_SENT));
        assertThat(waits(afterFailure(attempts, third, Failure.NOT_SENT))).isPositive();
    }

    @Test
    void leavesTimeForAnotherInstanceWhereTheRequestCanBeRepeated() {
        healthy("a", "b");
        Attempts attempts = attempts(true);
        Attempt first = next(attempts);
        assertThat(first.limit()).isEqualTo(Duration.ofSeconds(3));
        first.failed(Failure.UNANSWERED, "no answer");
        assertThat(next(attempts).limit()).isEqualTo(TIME);
    }

    @Test
    void leavesHalfOfAShortTime() {
        healthy("a", "b");
        assertThat(next(attempts(true, Duration.ofSeconds(1))).limit()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void givesAllTimeToARequestThatCannotBeRepeated() {
        healthy("a", "b");
        assertThat(next(attempts(false)).limit()).isEqualTo(TIME);
    }

    @Test
    void givesNothingWhereThereIsNoInstance() {
        assertThat(attempts(true).next()).isEqualTo(givesUp(Step.Reason.NO_INSTANCE));
    }

    @Test
    void neverGivesOneInstanceToTwoConcurrentAttempts() {
        String[] names = IntStream.range(0, 64).mapToObj(Integer::toString).toArray(String[]::new);
        healthy(names);
        Attempts attempts = attempts(true);
        for (int i = 0; i < names.length; i++) {
            attempts(true); // each earns a token of the hedging budget
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
        healthy("a", "b", "c", "d", "e");
        Attempts attempts = attempts(false);
        List<Instance> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Attempt attempt = next(attempts);
            order.add(attempt.instance());
            attempt.failed(Failure.NOT_SENT, "stale");
        }
        assertThat(order.subList(0, 5)).doesNotHaveDuplicates();
        assertThat(order.subList(5, 10)).doesNotHaveDuplicates();
    }

    @Test
    void addsLittleToAServiceOfWhichAllFail() {
        healthy("a", "b", "c");
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            fake.pass(Duration.ofMillis(5));
            sent += attemptsUntilGivenUp(Failure.REFUSED);
        }
        assertThat(sent).isBetween(1_000, 1_150);
    }

    @Test
    void addsLittleToAServiceThatDoesNotAnswer() {
        healthy("a", "b", "c");
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            fake.pass(Duration.ofMillis(5));
            sent += attemptsUntilGivenUp(Failure.UNANSWERED);
        }
        assertThat(sent).isBetween(1_000, 1_150);
    }

    @Test
    void addsLittleToAServiceOfWhichNobodyCanBeReached() {
        healthy("a", "b", "c");
        List<Attempts> requests =
                Stream.generate(() -> attempts(true)).limit(300).collect(Collectors.toCollection(ArrayList::new));
        AtomicInteger sent = new AtomicInteger();
        while (!requests.isEmpty()) {
            requests.removeIf(request -> !goesOn(request, sent));
            fake.pass(Duration.ofMillis(100));
        }
        assertThat(sent.get() / 300.0).isBetween(1.0, 1.2);
    }

    /// One step, which fails if it is an attempt. False when the request gave up.
    private static boolean goesOn(Attempts request, AtomicInteger sent) {
        Step step = request.next();
        if (step instanceof Step.Send(Attempt attempt)) {
            sent.incrementAndGet();
            attempt.failed(Failure.UNREACHABLE, "connection refused");
        }
        return !(step instanceof Step.GiveUp);
    }

    @Test
    void hidesTheDeathOfOneOfTwo() {
        healthy("a", "b");
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            Attempts attempts = attempts(false);
            Attempt attempt = next(attempts);
            sent++;
            while (attempt.instance().id().equals("b")) {
                attempt.failed(Failure.UNREACHABLE, "connection refused");
                attempt = next(attempts);
                sent++;
            }
            attempt.succeeded();
        }
        assertThat(sent).isEqualTo(1_001);
    }

    @Test
    void repeatsAllThatADyingInstanceCutOff() {
        healthy("a", "b");
        List<Attempts> requests = new ArrayList<>();
        List<Attempt> atB = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Attempts request = attempts(true);
            Attempt attempt = next(request);
            if (attempt.instance().id().equals("b")) {
                requests.add(request);
                atB.add(attempt);
            }
        }
        for (int i = 0; i < requests.size(); i++) {
            atB.get(i).failed(Failure.CUT_OFF, "closed");
            assertThat(sent(requests.get(i).next()).instance().id()).isEqualTo("a");
        }
    }

    private int attemptsUntilGivenUp(Failure failure) {
        Attempts attempts = attempts(true);
        int sent = 0;
        while (true) {
            switch (attempts.next()) {
                case Step.Send(Attempt attempt) -> {
                    sent++;
                    attempt.failed(failure, "failed");
                }
                case Step.Wait(Duration pause) -> fake.pass(pause);
                case Step.GiveUp _ -> {
                    return sent;
                }
            }
        }
    }

    private void healthy(String... names) {
        fake.healthy(names);
    }

    private Attempts attempts(boolean repeatable) {
        return attempts(repeatable, TIME);
    }

    private Attempts attempts(boolean repeatable, Duration time) {
        return upstream.attempts(RequestKey.NONE, repeatable, fake.deadline(time));
    }

    /// The attempt that comes next, after any waits.
    private static Attempt next(Attempts attempts) {
        Step step = attempts.next();
        while (step instanceof Step.Wait) {
            step = attempts.next();
        }
        return sent(step);
    }

    private static Step afterFailure(Attempts attempts, Attempt attempt, Failure failure) {
        attempt.failed(failure, "failed");
        return attempts.next();
    }

    private static Attempt sent(Step step) {
        assertThat(step).isInstanceOf(Step.Send.class);
        return ((Step.Send) step).attempt();
    }

    private static Duration waits(Step step) {
        assertThat(step).isInstanceOf(Step.Wait.class);
        return ((Step.Wait) step).pause();
    }

    private static Step givesUp(Step.Reason reason) {
        return new Step.GiveUp(reason);
    }
}
