package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who is taken out, with as few as two instances.
class EjectionTest {
    private static final Duration FAST = Duration.ofMillis(2);

    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN);
    private final Upstream upstream = fake.upstream;

    @Test
    void takesOutAnInstanceThatFailsInARow() {
        fake.healthy("a", "b");
        fake.answer("a", FAST);
        fake.failInARow("b", 5);
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
        fake.failInARow("b", 4);
        fake.answer("b", FAST);
        fake.failInARow("b", 4);
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
    void takesOutNoMoreThanItsShare() {
        fake.healthy("a", "b", "c", "d");
        for (String host : new String[] {"b", "c", "d"}) {
            fake.failInARow(host, 5);
        }
        assertThat(upstream.live()).hasToString("[a, d]");
    }

    @Test
    void neverTakesOutTheOnlyInstance() {
        fake.healthy("a");
        fake.failInARow("a", 50);
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
            Attempt attempt = fake.begin(true);
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
        fake.failInARow("b", 5);
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.EJECTED);
    }
}
