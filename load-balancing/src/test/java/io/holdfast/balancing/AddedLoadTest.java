package io.holdfast.balancing;

import static io.holdfast.balancing.FakeUpstream.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How much more a service gets by further attempts.
class AddedLoadTest {
    private final FakeUpstream fake = new FakeUpstream(
            Strategy.ROUND_ROBIN,
            new UpstreamRules(
                    RetryRule.DEFAULT, BudgetRule.DEFAULT, HedgingRule.DEFAULT, EjectionRule.DEFAULT, Duration.ZERO));

    @Test
    void addsLittleToAServiceOfWhichAllFail() {
        fake.healthy("a", "b", "c");
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            fake.pass(Duration.ofMillis(5));
            sent += attemptsUntilGivenUp(Failure.REFUSED);
        }
        assertThat(sent).isBetween(1_000, 1_150);
    }

    @Test
    void addsLittleToAServiceThatDoesNotAnswer() {
        fake.healthy("a", "b", "c");
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            fake.pass(Duration.ofMillis(5));
            sent += attemptsUntilGivenUp(Failure.UNANSWERED);
        }
        assertThat(sent).isBetween(1_000, 1_150);
    }

    @Test
    void addsLittleToAServiceOfWhichNobodyCanBeReached() {
        fake.healthy("a", "b", "c");
        List<Attempts> requests =
                Stream.generate(() -> fake.attempts(true)).limit(300).collect(Collectors.toCollection(ArrayList::new));
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
        fake.healthy("a", "b");
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            Attempts attempts = fake.attempts(false);
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
        fake.healthy("a", "b");
        List<Attempts> requests = new ArrayList<>();
        List<Attempt> atB = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Attempts request = fake.attempts(true);
            Attempt attempt = next(request);
            if (attempt.instance().id().equals("b")) {
                requests.add(request);
                atB.add(attempt);
            }
        }
        for (int i = 0; i < requests.size(); i++) {
            atB.get(i).failed(Failure.CUT_OFF, "closed");
            assertThat(next(requests.get(i)).instance().id()).isEqualTo("a");
        }
    }

    private int attemptsUntilGivenUp(Failure failure) {
        Attempts attempts = fake.attempts(true);
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
}
