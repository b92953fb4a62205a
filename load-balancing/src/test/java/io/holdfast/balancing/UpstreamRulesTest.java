package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpstreamRulesTest {
    @Test
    void hasDefaults() {
        assertThat(UpstreamRules.DEFAULT)
                .isEqualTo(new UpstreamRules(
                        new RetryRule(3, Duration.ofSeconds(8), Duration.ofMillis(50), Duration.ofSeconds(3)),
                        new BudgetRule(0.12, 1, 10),
                        new HedgingRule(0.95, 0.02, Duration.ofMillis(2)),
                        new EjectionRule(
                                5,
                                0.3,
                                5,
                                Duration.ofMillis(500),
                                20,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(30),
                                0.5,
                                0.34,
                                0.7,
                                0.34),
                        Duration.ofSeconds(10)));
    }

    @Test
    void saysWhatIsWrongWithAnEjection() {
        EjectionRule right = EjectionRule.DEFAULT;
        assertThatThrownBy(() -> new EjectionRule(
                        5, Double.NaN, 5, right.stalled(), 20, right.base(), right.longest(), 0.5, 0.1, 0.7, 0.34))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("failureShare is NaN. It has to be above 0 and at most 1.");
        assertThatThrownBy(() -> new EjectionRule(
                        5, 0.3, 5, right.stalled(), 20, right.longest(), right.base(), 0.5, 0.1, 0.7, 0.34))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longest is PT1S. It has to be not below base, PT30S.");
    }

    @Test
    void refusesANegativeSlowStart() {
        UpstreamRules right = UpstreamRules.DEFAULT;
        assertThatThrownBy(() -> new UpstreamRules(
                        right.retry(), right.budget(), right.hedging(), right.ejection(), Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A slow start cannot last PT-1S. Zero means none.");
    }
}
