package io.holdfast.balancing.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DecayingValueTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final DecayingValue value = new DecayingValue(10 * SECOND);

    @Test
    void isNoneAtFirst() {
        assertThat(value.value()).isEqualTo(DecayingValue.NONE);
        assertThat(value.decayed(SECOND)).isEqualTo(DecayingValue.NONE);
    }

    @Test
    void fadesByItsTimeConstant() {
        set(100, 0);
        assertThat(value.decayed(10 * SECOND)).isCloseTo(36.8f, within(0.1f));
        assertThat(value.decayed(Duration.ofHours(9).toNanos())).isZero();
        assertThat(value.value()).isEqualTo(100);
    }

    @Test
    void fadesFasterWhereAsked() {
        set(100, 0);
        assertThat(value.decayed(SECOND, 10)).isCloseTo(36.8f, within(0.1f));
    }

    @Test
    void halvesAsThePowerOfTwoDoesAndNeverGrows() {
        double last = 1;
        for (double x = 0; x < 1_000; x += 0.01) {
            double halved = DecayingValue.halved(x);
            assertThat(halved).isLessThanOrEqualTo(last).isCloseTo(Math.pow(2, -x), withinPercentage(0.002));
            last = halved;
        }
        assertThat(DecayingValue.halved(1_100)).isZero();
    }

    @Test
    void hasFadedAfterAnyTime() {
        set(100, 0);
        for (int hours = 1; hours < 19; hours++) {
            assertThat(value.decayed(Duration.ofHours(hours).toNanos())).isLessThan(0.001f);
        }
    }

    @Test
    void staysWhereAnotherThreadWasAhead() {
        set(100, 5 * SECOND);
        assertThat(value.decayed(5 * SECOND - SECOND / 2)).isEqualTo(100);
    }

    @Test
    void fadesAcrossTheOverflowOfTheClock() {
        set(100, Long.MAX_VALUE);
        assertThat(value.decayed(Long.MAX_VALUE + 10 * SECOND)).isCloseTo(36.8f, within(0.1f));
    }

    @Test
    void losesNoUpdate() {
        set(0, 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        value.add(1, 0, (before, _, sample) -> (float) (before + sample));
                    }
                });
            }
        }
        assertThat(value.value()).isEqualTo(400_000);
    }

    private void set(double next, long now) {
        value.add(next, now, (_, _, sample) -> (float) sample);
    }
}
