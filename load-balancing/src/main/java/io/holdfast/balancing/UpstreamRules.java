package io.holdfast.balancing;

import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import java.time.Duration;

/// How a service is balanced over, beside the strategy.
///
/// @param slowStart how long an instance that came, or came back, takes to get its full share; zero
///     for at once
public record UpstreamRules(
        RetryRule retry, BudgetRule budget, HedgingRule hedging, EjectionRule ejection, Duration slowStart) {
    public static final UpstreamRules DEFAULT = of(RetryRule.DEFAULT);

    public UpstreamRules {
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException("A slow start cannot last " + slowStart + ". Zero means none.");
        }
    }

    public static UpstreamRules of(RetryRule retry) {
        return new UpstreamRules(
                retry, BudgetRule.DEFAULT, HedgingRule.DEFAULT, EjectionRule.DEFAULT, Duration.ofSeconds(10));
    }
}
