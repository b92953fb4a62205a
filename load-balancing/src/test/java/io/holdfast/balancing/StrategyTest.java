package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StrategyTest {
    @Test
    void isFoundByTheNameItPrints() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(Strategy.named(strategy.toString())).isSameAs(strategy);
        }
    }

    @Test
    void saysWhichStrategiesThereAre() {
        assertThatThrownBy(() -> Strategy.named("fastest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no load-balancing strategy 'fastest'. Use one of: "
                        + "round-robin, weighted-round-robin, random, weighted-random, least-connections, performance, "
                        + "peak-ewma, hot-cold, consistent-hash.");
    }
}
