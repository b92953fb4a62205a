package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// For how long an instance is out that was taken out, and how it comes back.
class TrialTest {
    private static final Duration FAST = Duration.ofMillis(2);

    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN);
    private final Upstream upstream = fake.upstream;

    @Test
    void letsAnInstanceBackAfterOneRequestThatSucceeds() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        Attempt trial = fake.begin(true);
        assertThat(trial.instance().id()).isEqualTo("b");
        for (int i = 0; i < 10; i++) {
            assertThat(fake.begin(true).instance().id()).isEqualTo("a");
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
            assertThat(fake.begin(true).instance().id()).isEqualTo("a");
            fake.run(Duration.ofMillis(100));
            Attempt trial = fake.begin(true);
            assertThat(trial.instance().id()).isEqualTo("b");
            trial.failed(Failure.FAULT, "answered 500");
            assertThat(fake.view("b").why()).isEqualTo("its trial request failed: answered 500");
        }
    }

    @Test
    void givesTheNextRequestATrialThatWasCancelled() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        fake.begin(true).cancelled();
        upstream.tick();
        assertThat(fake.begin(true).instance().id()).isEqualTo("b");
    }

    @Test
    void triesAgainAtOnceWhenProbesPassThatFailed() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        fake.begin(true).failed(Failure.FAULT, "answered 500");
        upstream.unready(fake.member("b"), "no answer in time");
        fake.run(Duration.ofMillis(300));
        fake.ready("b");
        upstream.tick();
        fake.begin(true).succeeded();
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.SLOW_START);
    }

    @Test
    void doesNotTryAgainBecauseProbesGoOnPassing() {
        ejectB();
        fake.ready("b");
        upstream.tick();
        assertThat(fake.begin(true).instance().id()).isEqualTo("a");
    }

    @Test
    void judgesByTheLatestTrialOnly() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        Attempt hung = fake.begin(true);
        upstream.unready(fake.member("b"), "no answer in time");
        fake.run(Duration.ofSeconds(3));
        fake.ready("b");
        upstream.tick();
        Attempt trial = fake.begin(true);
        assertThat(trial.instance().id()).isEqualTo("b");
        hung.failed(Failure.UNANSWERED, "no answer in time");
        trial.succeeded();
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.SLOW_START);
    }

    @Test
    void holdsAnOutageAgainstNobodyWhoIsBack() {
        fake.healthy("a", "b");
        Attempt unanswered = upstream.begin(fake.member("b"));
        Attempt late = upstream.begin(fake.member("b"));
        upstream.unready(fake.member("b"), "no answer in time");
        fake.run(Duration.ofSeconds(4));
        fake.ready("b");
        unanswered.failed(Failure.UNANSWERED, "no answer in time");
        late.succeeded();
        assertThat(fake.view("b").latencyMillis()).isNull();
        fake.answer("b", FAST);
        assertThat(fake.view("b").latencyMillis()).isEqualTo(2);
    }

    @Test
    void triesWithARequestThatCanBeRepeatedIfThereIsOne() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        assertThat(fake.begin(false).instance().id()).isEqualTo("a");
        fake.run(Duration.ofSeconds(1));
        assertThat(fake.begin(false).instance().id()).isEqualTo("b");
    }

    @Test
    void forgivesAfterAWhile() {
        ejectB();
        fake.run(Duration.ofSeconds(1));
        fake.begin(true).failed(Failure.FAULT, "answered 500");
        fake.run(Duration.ofSeconds(2));
        fake.begin(true).succeeded();
        fake.run(Duration.ofSeconds(60));
        fake.failInARow("b", 5);
        fake.run(Duration.ofSeconds(1));
        assertThat(fake.begin(true).instance().id()).isEqualTo("b");
    }

    private void ejectB() {
        fake.healthy("a", "b");
        fake.answer("a", FAST);
        fake.failInARow("b", 5);
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.EJECTED);
    }
}
