package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.random.RandomGenerator;

/// Draws an instance, each as likely as its configured weight says. It remembers nothing, so that
/// many callers that do not know of each other do not fall into step.
public final class WeightedRandom implements Balancer {
    private final RandomGenerator random;

    public WeightedRandom(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Picker over(Signals[] instances) {
        return new Drawing(Scores.weights(instances), random, "likely by weight");
    }
}
