package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Looks at all instances and takes the least loaded one. Each pick begins its look one place
/// further on, so that those which are equal take turns.
final class LeastLoaded implements Picker {
    private final Signals[] instances;
    private final Load load;
    private final LongSupplier clock;
    private final AtomicInteger start;
    private final String meaning;

    LeastLoaded(Signals[] instances, Load load, LongSupplier clock, AtomicInteger start, String meaning) {
        this.instances = instances;
        this.load = load;
        this.clock = clock;
        this.start = start;
        this.meaning = meaning;
    }

    @Override
    public int pick(long key) {
        long now = clock.getAsLong();
        int index = Integer.remainderUnsigned(start.getAndIncrement(), instances.length);
        int best = index;
        double least = load.of(instances[index], now);
        for (int i = 1; i < instances.length; i++) {
            index = index + 1 == instances.length ? 0 : index + 1;
            double candidate = load.of(instances[index], now);
            if (candidate < least) {
                least = candidate;
                best = index;
            }
        }
        return best;
    }

    @Override
    public int size() {
        return instances.length;
    }

    @Override
    public Score score(int index) {
        return new Score(load.of(instances[index], clock.getAsLong()), meaning);
    }
}
