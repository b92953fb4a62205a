package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.signal.Signals;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN).healthy("a");
    private final Signals signals = fake.member("a").signals();

    @Test
    void isInFlightUntilItEnds() {
        Attempt attempt = begin();
        assertThat(signals.inFlight()).isOne();
        attempt.succeeded();
        assertThat(signals.inFlight()).isZero();
    }

    @Test
    void endsOnce() {
        Attempt attempt = begin();
        attempt.failed(Failure.CUT_OFF, "closed");
        attempt.succeeded();
        attempt.cancelled();
        attempt.failed(Failure.CUT_OFF, "closed");
        assertThat(signals.inFlight()).isZero();
        assertThat(fake.member("a").failures()).isOne();
        assertThat(signals.requests()).isOne();
    }

    @Test
    void measuresTheTimeToTheHeadOfTheAnswer() {
        Attempt attempt = begin();
        fake.pass(Duration.ofMillis(4));
        attempt.answered();
        fake.pass(Duration.ofSeconds(30));
        attempt.succeeded();
        assertThat(signals.latencyNanos()).isEqualTo(4_000_000f);
    }

    @Test
    void measuresTheWholeTimeOfAnAnswerThatCameAtOnce() {
        fake.answer("a", Duration.ofMillis(7));
        assertThat(signals.latencyNanos()).isEqualTo(7_000_000f);
    }

    @Test
    void saysNothingAboutTheInstanceWhenItIsCancelled() {
        Attempt attempt = begin();
        fake.pass(Duration.ofSeconds(5));
        attempt.cancelled();
        assertThat(signals.inFlight()).isZero();
        assertThat(signals.latencyNanos()).isZero();
        assertThat(fake.member("a").failures()).isZero();
    }

    @Test
    void countsAsConnectionWhileItStays() {
        Attempt attempt = begin();
        attempt.connected(() -> {});
        attempt.connected(() -> {});
        assertThat(signals.inFlight()).isZero();
        assertThat(signals.connections()).isOne();
        assertThat(signals.outstanding()).isOne();
        attempt.cancelled();
        assertThat(signals.outstanding()).isZero();
    }

    @Test
    void leaksNothingWhicheverWayItEnds() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20_000; i++) {
                Attempt attempt = begin();
                threads.execute(() -> end(attempt));
                threads.execute(() -> end(attempt));
            }
        }
        assertThat(signals.outstanding()).isZero();
        assertThat(signals.connections()).isZero();
        assertThat(fake.upstream.inFlight()).isZero();
        assertThat(signals.requests()).isEqualTo(20_000);
    }

    private static void end(Attempt attempt) {
        switch (ThreadLocalRandom.current().nextInt(5)) {
            case 0 -> attempt.failed(Failure.REFUSED, "503");
            case 1 -> attempt.cancelled();
            case 2 -> {
                attempt.connected(() -> {});
                attempt.cancelled();
            }
            case 3 -> {
                attempt.answered();
                attempt.succeeded();
            }
            default -> attempt.succeeded();
        }
    }

    private Attempt begin() {
        return fake.upstream.begin(fake.member("a"));
    }
}
