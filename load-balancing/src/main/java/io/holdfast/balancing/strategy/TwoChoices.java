package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Draws two instances and takes the less loaded one. That comes close to knowing the least loaded
/// of all at a constant cost (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing",
/// 1996), and callers who do not know of each other do not all run to the same instance.
final class TwoChoices implements Picker {
    private final Signals[] instances;
    private final Load load;
    private final LongSupplier clock;
    private final RandomGenerator random;
    private final String meaning;

    TwoChoices(Signals[] instances, Load load, LongSupplier clock, RandomGenerator random, String meaning) {
        this.instances = instances;
        this.load = load;
        this.clock = clock;
        this.random = random;
        this.meaning = meaning;
    }

    @Override
    public int pick(long key) {
        int size = instances.length;
        if (size == 1) {
            return 0;
        }
        int first = Draw.below(size, random);
        int other = Draw.below(size - 1, random);
        int second = other < first ? other : other + 1;
        long now = clock.getAsLong();
        return load.of(instances[first], now) <= load.of(instances[second], now) ? first : second;
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
