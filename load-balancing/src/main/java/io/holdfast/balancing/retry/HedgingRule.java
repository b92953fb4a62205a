package io.holdfast.balancing.retry;

import java.time.Duration;

/// When a second attempt is begun beside the first one.
///
/// @param quantile of the observed latencies, after which an answer is late
/// @param share of the requests that may be hedged
/// @param shortest the least delay, below which timers and noise decide
public record HedgingRule(double quantile, double share, Duration shortest) {
    public static final HedgingRule DEFAULT = new HedgingRule(0.95, 0.02, Duration.ofMillis(2));

    public HedgingRule {
        if (!(quantile >= 0.5 && quantile < 1)) {
            throw new IllegalArgumentException(
                    "A hedging quantile is %s. It has to be from 0.5 to below 1.".formatted(quantile));
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "A hedging share of the requests is %s. It has to be from 0 to 1.".formatted(share));
        }
        if (shortest.isNegative()) {
            throw new IllegalArgumentException("A hedging delay cannot be negative: " + shortest);
        }
    }
}
