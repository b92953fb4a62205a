package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Takes the instance with the fewest requests and connections outstanding for its weight. Among few
/// instances all are looked at; among more than [#MOST_SCANNED], two that are drawn, which costs the
/// same for any number.
///
/// The request to be sent counts, too: (outstanding + 1) ÷ weight tells idle instances of different
/// weights apart. Failures make an instance look busier, as one that fails at once is always idle.
public final class LeastConnections implements Balancer {
    static final int MOST_SCANNED = 8;

    private static final String MEANING = "(outstanding + 1) × failure penalty ÷ weight; least wins";

    private final LongSupplier clock;
    private final RandomGenerator random;
    private final AtomicInteger start;

    public LeastConnections(LongSupplier clock, RandomGenerator random) {
        this(clock, random, 0);
    }

    private LeastConnections(LongSupplier clock, RandomGenerator random, int start) {
        this.clock = clock;
        this.random = random;
        this.start = new AtomicInteger(start);
    }

    @Override
    public Picker over(Signals[] instances) {
        return instances.length <= MOST_SCANNED
                ? new LeastLoaded(instances, LeastConnections::load, clock, start, MEANING)
                : new TwoChoices(instances, LeastConnections::load, clock, random, MEANING);
    }

    @Override
    public Balancer fork(AtomicInteger inFlight) {
        return new LeastConnections(clock, random, start.get());
    }

    private static double load(Signals instance, long now) {
        return (instance.outstanding() + 1) * instance.failurePenalty(now) / instance.weight();
    }
}
