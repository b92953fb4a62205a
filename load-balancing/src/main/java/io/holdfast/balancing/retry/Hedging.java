package io.holdfast.balancing.retry;

import java.time.Duration;
import java.util.Optional;

/// When a request is late enough for a second attempt, and whether one more can be afforded (Dean
/// and Barroso, "The Tail at Scale", 2013: deferred until the 95th percentile, hedged requests add
/// little load and cut the tail). Thread-safe.
public final class Hedging {
    private final HedgingRule rule;
    private final RetryBudget budget;
    private volatile long delayNanos;

    public Hedging(HedgingRule rule, long nowNanos) {
        this.rule = rule;
        budget = new RetryBudget(new BudgetRule(rule.share(), 0, 1), nowNanos);
    }

    /// A request began that may be hedged or not.
    public void deposit(long nowNanos) {
        budget.deposit(nowNanos);
    }

    /// The latency was observed that the rule's quantile has; 0 where nothing is known.
    public void observed(long latencyNanos) {
        delayNanos =
                latencyNanos == 0 ? 0 : Math.max(latencyNanos, rule.shortest().toNanos());
    }

    /// How long the first attempt may take; empty while nothing is known.
    public Optional<Duration> delay() {
        long nanos = delayNanos;
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    public boolean afford(long nowNanos) {
        return budget.withdraw(0, nowNanos);
    }
}
