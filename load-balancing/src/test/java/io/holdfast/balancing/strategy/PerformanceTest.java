package io.holdfast.balancing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.signal.LoadReport;
import io.holdfast.balancing.signal.Signals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PerformanceTest {
    private final Performance balancer = new Performance(() -> this.now);
    private long now = 1;

    @Test
    void takesTurnsByWhatAnInstanceCouldServe() {
        Signals[] instances = Pools.numbered(3);
        report(instances, 0, 100, 1.0, 0);
        report(instances, 1, 100, 0.5, 0);
        report(instances, 2, 100, 0.25, 0);
        pass(Duration.ofSeconds(10));
        assertShares(instances, 1 / 7.0, 2 / 7.0, 4 / 7.0);
    }

    @Test
    void bringsUnequalInstancesToTheSameUtilisation() {
        Signals[] instances = Pools.numbered(3);
        double[] capacity = {100, 200, 400};
        double[] rps = {140, 140, 140};
        for (int second = 0; second < 15; second++) {
            for (int i = 0; i < 3; i++) {
                report(instances, i, Math.min(rps[i], capacity[i]), Math.min(1, rps[i] / capacity[i]), 0);
            }
            pass(Duration.ofSeconds(1));
            int[] counts = Pools.counts(balancer.over(instances), 420);
            for (int i = 0; i < 3; i++) {
                rps[i] = counts[i];
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(rps[i] / capacity[i]).isCloseTo(0.6, within(0.02));
        }
    }

    @Test
    void addsErrorsToTheUtilisation() {
        Signals[] instances = Pools.numbered(2);
        report(instances, 0, 100, 0.5, 0);
        report(instances, 1, 100, 0.5, 50);
        pass(Duration.ofSeconds(10));
        assertShares(instances, 2 / 3.0, 1 / 3.0);
    }

    @Test
    void givesAnInstanceWithoutReportTheMean() {
        Signals[] instances = Pools.numbered(3);
        report(instances, 0, 100, 1.0, 0);
        report(instances, 1, 300, 1.0, 0);
        pass(Duration.ofSeconds(10));
        assertShares(instances, 1 / 6.0, 3 / 6.0, 2 / 6.0);
    }

    @Test
    void takesEqualTurnsWithFewerThanTwoReports() {
        Signals[] instances = Pools.numbered(3);
        report(instances, 0, 100, 0.1, 0);
        pass(Duration.ofSeconds(10));
        assertThat(Pools.picks(balancer.over(instances), instances, 6)).isEqualTo("a b c a b c");
    }

    @Test
    void waitsForTenSecondsOfReportsAndForgetsThemAfterThreeMinutes() {
        Signals[] instances = Pools.numbered(2);
        report(instances, 0, 100, 1.0, 0);
        report(instances, 1, 300, 1.0, 0);
        pass(Duration.ofMillis(9_999));
        assertShares(instances, 0.5, 0.5);
        pass(Duration.ofMillis(1));
        assertShares(instances, 0.25, 0.75);
        pass(Duration.ofSeconds(170));
        assertShares(instances, 0.5, 0.5);
        report(instances, 0, 100, 1.0, 0);
        report(instances, 1, 300, 1.0, 0);
        assertShares(instances, 0.5, 0.5); // the blackout begins again
    }

    @Test
    void doesNotBelieveAnInstanceThatFails() {
        Signals[] instances = Pools.numbered(2);
        report(instances, 0, 100, 0.5, 0);
        report(instances, 1, 1_000, 0.01, 0);
        pass(Duration.ofSeconds(10));
        for (int i = 0; i < 60; i++) {
            instances[1].failed(1_000, now);
        }
        int[] counts = Pools.counts(balancer.over(instances), 1_000);
        assertThat(counts[1]).isLessThan(50);
    }

    /// As of an instance that is back after an ejection.
    @Test
    void doesNotTakeAnInstanceWithFewRequestsForAnAbleOne() {
        Signals[] instances = Pools.numbered(2);
        for (int second = 0; second < 12; second++) {
            report(instances, 0, 100, 1.0, 0);
            report(instances, 1, 300, 1.0, 0);
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofSeconds(10));
        report(instances, 0, 1, 0.001, 0);
        report(instances, 1, 300, 1.0, 0);
        assertShares(instances, 0.25, 0.75);
    }

    /// A change of what it can do is seen all the same.
    @Test
    void followsAnInstanceThatBecomesAbler() {
        Signals[] instances = Pools.numbered(2);
        for (int second = 0; second < 30; second++) {
            report(instances, 0, 100, second < 15 ? 1.0 : 0.5, 0);
            report(instances, 1, 100, 0.5, 0);
            pass(Duration.ofSeconds(1));
        }
        int[] counts = Pools.counts(balancer.over(instances), 12_000);
        assertThat(counts[0] / 12_000.0).isCloseTo(0.5, within(0.03));
    }

    private void report(Signals[] instances, int index, double rps, double utilisation, double eps) {
        instances[index].report(LoadReport.of(utilisation, 0.5, rps, eps), now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void assertShares(Signals[] instances, double... shares) {
        int[] counts = Pools.counts(balancer.over(instances), 12_000);
        for (int i = 0; i < shares.length; i++) {
            assertThat(counts[i] / 12_000.0).isCloseTo(shares[i], within(0.005));
        }
    }
}
