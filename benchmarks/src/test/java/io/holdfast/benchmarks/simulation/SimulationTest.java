package io.holdfast.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.UpstreamRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void agreesWithQueueingTheory() {
        Simulation.Outcome outcome = run(Situation.HEALTHY, Strategy.ROUND_ROBIN, 1);

        // M/M/4 at 70 %: by Erlang's C formula 42.87 % wait, for 20 ms / (4 × 0.3) on average. With the
        // work itself that is 27.1 ms.
        assertThat(outcome.mean()).isCloseTo(27.1, within(1.5));
        assertThat(outcome.shares().getFirst().leastUtilised()).isCloseTo(70, within(2.0));
        assertThat(outcome.attemptsPerRequest()).isEqualTo(1);
        assertThat(outcome.failed()).isZero();
    }

    @Test
    void pausesLastToTheirEnd() {
        Pauses pauses = new Pauses(Duration.ofMillis(300), Duration.ofSeconds(5));

        assertThat(pauses.restAt(Duration.ofMillis(5_100).toNanos()))
                .isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(pauses.restAt(Duration.ofMillis(5_300).toNanos())).isZero();
    }

    @Test
    void givesTheSameForTheSameSeed() {
        assertThat(run(Situation.SLOW, Strategy.PEAK_EWMA, 3)).isEqualTo(run(Situation.SLOW, Strategy.PEAK_EWMA, 3));
    }

    @Test
    void roundRobinSharesEquallyWhatIsNotEjected() {
        Simulation.Outcome outcome = run(Situation.UNEQUAL, Strategy.ROUND_ROBIN, 3);

        assertThat(outcome.shares()).hasSize(3);
        assertThat(outcome.shares().stream()
                        .mapToDouble(Simulation.Share::share)
                        .sum())
                .isCloseTo(100, within(0.01));
    }

    @Test
    void failuresOfAFastFailingInstanceAreRetried() {
        Simulation.Outcome outcome = run(Situation.FAILING, Strategy.ROUND_ROBIN, 3);

        assertThat(outcome.requests()).isPositive();
        assertThat(outcome.attemptsPerRequest()).isGreaterThanOrEqualTo(1);
        assertThat(outcome.shares().getFirst().mostUtilised()).isZero(); // it never works
    }

    private static Simulation.Outcome run(Situation situation, Strategy strategy, int instances) {
        return new Simulation(
                        situation,
                        strategy,
                        UpstreamRules.DEFAULT,
                        instances,
                        1,
                        Pauses.NONE,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(300),
                        1)
                .run();
    }
}
