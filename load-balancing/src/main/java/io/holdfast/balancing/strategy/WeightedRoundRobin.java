package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Turns by the configured weights, evenly spread: an instance of weight 5 beside two of weight 1
/// does not get its five requests in a row. See [Stride].
public final class WeightedRoundRobin implements Balancer {
    private final AtomicLong turn;

    public WeightedRoundRobin() {
        this(0);
    }

    WeightedRoundRobin(long start) {
        turn = new AtomicLong(start);
    }

    @Override
    public Picker over(Signals[] instances) {
        double[] weights = Scores.weights(instances);
        return new Turns(weights, new Stride(weights, turn), "turns by weight");
    }

    @Override
    public Balancer fork(AtomicInteger inFlight) {
        return new WeightedRoundRobin(turn.get());
    }
}
