package io.holdfast.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void constantRateHasEqualDistancesThatDoNotDrift() {
        Schedule schedule = Schedule.constant(3, Duration.ofSeconds(10));

        assertThat(schedule.size()).isEqualTo(30);
        assertThat(schedule.startNanos(0)).isZero();
        assertThat(schedule.startNanos(1)).isEqualTo(333_333_333);
        assertThat(schedule.startNanos(2)).isEqualTo(666_666_667);
        assertThat(schedule.startNanos(27)).isEqualTo(9_000_000_000L);
    }

    @Test
    void poissonHasTheRateButNotTheRegularity() {
        Schedule schedule = Schedule.poisson(1000, Duration.ofSeconds(20), new SplittableRandom(1));

        double[] distances = new double[schedule.size() - 1];
        double sum = 0;
        for (int i = 0; i < distances.length; i++) {
            distances[i] = schedule.startNanos(i + 1) - schedule.startNanos(i);
            sum += distances[i];
        }
        double mean = sum / distances.length;
        double squares = 0;
        for (double distance : distances) {
            squares += (distance - mean) * (distance - mean);
        }
        double deviation = Math.sqrt(squares / distances.length);
        assertThat(schedule.size()).isEqualTo(20_000);
        assertThat(mean).isCloseTo(1e6, within(3e4));
        assertThat(deviation / mean).isCloseTo(1, within(0.05)); // of an exponential distribution
    }

    @Test
    void refusesWhatIsNoLoad() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.constant(0, Duration.ofSeconds(1)))
                .withMessageContaining("from 1 to");
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.constant(1e9, Duration.ofHours(1)));
    }
}
