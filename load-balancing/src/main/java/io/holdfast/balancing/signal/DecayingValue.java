package io.holdfast.balancing.signal;

import java.util.concurrent.atomic.AtomicLong;

/// A number and when it was last changed, which change together without a lock: the number as a
/// float in the upper half of a long, the time in units of 2^14 ns (16.4 µs) in the lower half.
///
/// The time wraps after 19.5 hours. Differences of less than a second before the last change are
/// races between threads and count as none; all others are taken as long ago.
final class DecayingValue {
    static final float NONE = -1;

    private static final int UNIT_BITS = 14;
    private static final int ONE_SECOND = 1_000_000_000 >> UNIT_BITS;

    private final AtomicLong packed = new AtomicLong(pack(NONE, 0));
    private final double unitsPerTimeConstant;

    /// @param timeConstantNanos after which 1/e of a weight is left
    DecayingValue(long timeConstantNanos) {
        unitsPerTimeConstant = (double) timeConstantNanos / (1 << UNIT_BITS);
    }

    @FunctionalInterface
    interface Step {
        /// @param value [#NONE] the first time
        /// @param kept the share of the old value's weight that time has left, 0 to 1
        float next(float value, double kept, double sample);
    }

    void add(double sample, long nowNanos, Step step) {
        int now = units(nowNanos);
        long before;
        long after;
        do {
            before = packed.get();
            after = pack(step.next(valueOf(before), kept(before, now), sample), now);
        } while (!packed.compareAndSet(before, after));
    }

    void clear() {
        packed.set(pack(NONE, 0));
    }

    /// As it was after the last change; [#NONE] before the first.
    float value() {
        return valueOf(packed.get());
    }

    /// What time has left of it; [#NONE] before the first change.
    float decayed(long nowNanos) {
        long state = packed.get();
        float value = valueOf(state);
        return value <= 0 ? value : (float) (value * kept(state, units(nowNanos)));
    }

    private double kept(long state, int now) {
        int elapsed = now - (int) state;
        if (elapsed < 0) {
            return elapsed > -ONE_SECOND ? 1 : 0;
        }
        return Math.exp(-elapsed / unitsPerTimeConstant);
    }

    private static int units(long nanos) {
        return (int) (nanos >> UNIT_BITS);
    }

    private static float valueOf(long state) {
        return Float.intBitsToFloat((int) (state >>> 32));
    }

    private static long pack(float value, int time) {
        return (long) Float.floatToRawIntBits(value) << 32 | Integer.toUnsignedLong(time);
    }
}
