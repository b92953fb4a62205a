package io.holdfast.balancing.strategy;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Random numbers for picks.
public final class Draw {
    /// Each thread's own generator: no contention, nothing allocated.
    public static final RandomGenerator LOCAL =
            () -> ThreadLocalRandom.current().nextLong();

    private Draw() {}

    /// A number from 0 to `bound` - 1, by multiplication instead of division (Lemire, "Fast Random
    /// Integer Generation in an Interval", 2019). Its bias, below `bound` ÷ 2^32, is not corrected.
    static int below(int bound, RandomGenerator random) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    static int untried(BitSet tried, int size, RandomGenerator random) {
        int start = below(size, random);
        int index = tried.nextClearBit(start);
        return index < size ? index : tried.nextClearBit(0);
    }
}
