package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.random.RandomGenerator;

/// Draws an instance, all equally likely, but for those in their slow start.
public final class EqualRandom implements Balancer {
    private final RandomGenerator random;

    public EqualRandom(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Picker over(Signals[] instances) {
        return new Drawing(Scores.ramps(instances), random, "likely by how far the slow start has come");
    }
}
