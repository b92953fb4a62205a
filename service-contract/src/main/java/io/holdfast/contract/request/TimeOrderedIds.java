package io.holdfast.contract.request;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Makes UUIDs of version 7 (RFC 9562) that grow strictly within a process. The upper 60 bits in
/// use are one number: 48 bits of milliseconds and 12 that begin at random with each millisecond
/// and count on within it. When they overflow, or the clock goes back, the number runs ahead of the
/// clock until that has caught up. Thread-safe.
public final class TimeOrderedIds {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final int VERSION = 0x7000;
    private static final long VARIANT = 1L << 63;
    private static final long BELOW_VARIANT = ~0L >>> 2;

    private final Clock clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    public TimeOrderedIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        // Half of the counter's range is left for counting.
        long now = (clock.millis() << COUNTER_BITS) | random.nextInt(1 << (COUNTER_BITS - 1));
        long ticks = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = ((ticks >>> COUNTER_BITS) << 16) | VERSION | (ticks & COUNTER_MASK);
        long low = VARIANT | (random.nextLong() & BELOW_VARIANT);
        return new UUID(high, low).toString();
    }
}
