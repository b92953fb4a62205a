package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who is taken out, for how long, and how it comes back: with as few as two instances.
class EjectionTest {
    private static final Duration FAST = Duration.ofMillis(2);

    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN);
    private final Upstream upstream = fake.upstream;

    @Test
    void takesOutAnInstanceThatFailsInARow() {
        fake.healthy("a", "b");
        fake.answer("a", FAST);
        failInARow("b", 5);
        assertThat(upstream.live()).hasToString("[a]");
        assertThat(fake.view("b")).satisfies(view -> {
            assertThat(view.state()).isEqualTo(InstanceState.EJECTED);
            assertThat(view.why()).isEqualTo("5 requests in a row failed");
            assertThat(view.ejectedUntil()).isNotNull();
        });
    }

    @Test
    void leavesAllInWhereAllFail() {
        fake.healthy("a", "b");
        for (int i = 0; i < 100; i++) {
            fake.fail("a", Failure.REFUSED);
            fake.fail("b", Failure.REFUSED);
        }
        fake.run(Duration.ofSeconds(3));
        assertThat(upstream.live()).hasToString("[a, b]");
    }

    @Test
    void startsCountingAgainAfterASuccess() {
        fake.healthy("a", "b");
        failInARow("b", 4);
        fake.answer("b", FAST);
        failInARow("b", 4);
        assertThat(upstream.live()).hasSize(2);
    }

    @Test
    void takesOutAnInstanceThatFailsMoreOftenThanItsPeers() {
        fake.healthy("a", "b");
        for (int i = 0; i < 60; i++) {
            fake.answer("a", FAST);
            if (i % 2 == 0) {
                fake.answer("b", FAST);
            } else {
                fake.fail("b", Failure.FAULT);
            }
        }
        fake.run(Duration.ofSeconds(1));
        assertThat(upstream.live()).hasToString("[a]");
        assertThat(fake.view("b").why()).isEqualTo("50 % of its requests failed, and 0 % of its peers'");
    }

    @Test
    void noticesAnInstanceThatWasStopped() {
        fake.healthy("a", "b");
        for (int i = 0; i < 3; i++) {
            upstream.begin(fake.member("b"));
        }
        for (int i = 0; i < 6; i++) {
            fake.answer("a", Duration.ofMillis(100));
            upstream.tick();
        }
        assertThat(upstream.live()).hasToString("[a]");
        assertThat(fake.view("b").why()).matches("no answer to 3 requests for \\d+ ms while others answered");
    }

    @Test
    void waitsForLongRequestsWhereAllAreLong() {
        fake.healthy("a", "b");
        for (int i = 0; i < 30; i++) {
            fake.answer("a", Duration.ofSeconds(2));
        }
        fake.run(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            upstream.begin(fake.member("b"));
        }
        fake.answer("a", Duration.ofSeconds(2));
        upstream.tick();
        assertThat(upstream.live()).hasSize(2);
    }

    @Test
    void letsAnInstanceBackAfterOneRequestThatSucceeds() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        Attempt trial = begin(true);
        assertThat(trial.instance().id()).isEqualTo("b");
        for (int i = 0; i < 10; i++) {
            assertThat(begin(true).instance().id()).isEqualTo("a");
        }
        trial.succeeded();
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.SLOW_START);
        fake.run(Duration.ofSeconds(10));
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.HEALTHY);
    }

    @Test
    void staysOutTwiceAsLongWhereTheTrialFails() {
        ejectB();
        for (int seconds = 1; seconds <= 64; seconds *= 2) {
            int lasting = Math.min(seconds, 30);
            fake.run(Duration.ofSeconds(lasting).minusMillis(100));
            assertThat(begin(true).instance().id()).isEqualTo("a");
            fake.run(Duration.ofMillis(100));
            Attempt trial = begin(true);
            assertThat(trial.instance().id()).isEqualTo("b");
            trial.failed(Failure.FAULT, "answered 500");
            assertThat(fake.view("b").why()).isEqualTo("its trial request failed: answered 500");
        }
    }

    @Test
    void givesTheNextRequestATrialThatWasCancelled() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        begin(true).cancelled();
        upstream.tick();
        assertThat(begin(true).instance().id()).isEqualTo("b");
    }

    @Test
    void triesAgainAtOnceWhenProbesPassThatFailed() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        begin(true).failed(Failure.FAULT, "answered 500");
        upstream.unready(fake.member("b"), "no answer in time");
        fake.run(Duration.ofMillis(300));
        fake.ready("b");
        upstream.tick();
        begin(true).succeeded();
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.SLOW_START);
    }

    @Test
    void doesNotTryAgainBecauseProbesGoOnPassing() {
        ejectB();
        fake.ready("b");
        upstream.tick();
        assertThat(begin(true).instance().id()).isEqualTo("a");
    }

    @Test
    void judgesByTheLatestTrialOnly() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        Attempt hung = begin(true);
        upstream.unready(fake.member("b"), "no answer in time");
        fake.run(Duration.ofSeconds(3));
        fake.ready("b");
        upstream.tick();
        Attempt trial = begin(true);
        assertThat(trial.instance().id()).isEqualTo("b");
        hung.failed(Failure.UNANSWERED, "no answer in time");
        trial.succeeded();
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.SLOW_START);
    }

    @Test
    void triesWithARequestThatCanBeRepeatedIfThereIsOne() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        assertThat(begin(false).instance().id()).isEqualTo("a");
        fake.run(Duration.ofSeconds(1));
        assertThat(begin(false).instance().id()).isEqualTo("b");
    }

    @Test
    void forgivesAfterAWhile() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        begin(true).failed(Failure.FAULT, "answered 500");
        fake.run(Duration.ofSeconds(2));
        begin(true).succeeded();
        fake.run(Duration.ofSeconds(60));
        failInARow("b", 5);
        fake.run(Duration.ofSeconds(1));
        assertThat(begin(true).instance().id()).isEqualTo("b");
    }

    @Test
    void takesOutNoMoreThanItsShare() {
        fake.healthy("a", "b", "c", "d");
        for (String host : new String[] {"b", "c", "d"}) {
            failInARow(host, 5);
        }
        assertThat(upstream.live()).hasToString("[a, d]");
    }

    @Test
    void neverTakesOutTheOnlyInstance() {
        fake.healthy("a");
        failInARow("a", 50);
        fake.run(Duration.ofSeconds(2));
        assertThat(upstream.live()).hasToString("[a]");
    }

    @Test
    void usesTheEjectedWhereNobodyElseIsLeft() {
        ejectB();
        assertThat(upstream.panicking()).isFalse();
        fake.fail("a", Failure.UNREACHABLE);
        assertThat(upstream.live()).hasToString("[b]");
        assertThat(upstream.panicking()).isTrue();
    }

    @Test
    void givesLittleToAnInstanceThatFailsAtOnce() {
        fake.healthy("a", "b", "c");
        int sentToB = 0;
        for (int i = 0; i < 6_000; i++) {
            Attempt attempt = begin(true);
            if (attempt.instance().id().equals("b")) {
                sentToB++;
                attempt.failed(Failure.FAULT, "answered 500");
            } else {
                attempt.succeeded();
            }
            fake.pass(Duration.ofMillis(5));
            if (i % 20 == 0) {
                upstream.tick();
            }
        }
        assertThat(sentToB).isLessThan(60);
    }

    private void ejectB() {
        fake.healthy("a", "b");
        fake.answer("a", FAST);
        failInARow("b", 5);
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.EJECTED);
    }

    private void failInARow(String host, int times) {
        for (int i = 0; i < times; i++) {
            fake.fail(host, Failure.FAULT);
        }
    }

    private Attempt begin(boolean repeatable) {
        Step step = upstream.attempts(RequestKey.NONE, repeatable, fake.deadline(Duration.ofSeconds(10)))
                .next();
        assertThat(step).isInstanceOf(Step.Send.class);
        return ((Step.Send) step).attempt();
    }
}
