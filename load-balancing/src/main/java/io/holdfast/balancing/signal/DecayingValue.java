package io.holdfast.balancing.signal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number and when it was last changed, which change together without a lock: the number as a
/// float in the upper half of a long, the time in units of 2^14 ns (16.4 µs) in the lower half.
///
/// The time wraps after 19.5 hours. Differences of less than a second before the last change are
/// races between threads and count as none; all others are taken as long ago.
///
/// A pick among many instances looks at memory that is not at hand, so the long is in this object and not behind it.
final class DecayingValue {
    static final float NONE = -1;

    private static final int UNIT_BITS = 14;
    private static final int ONE_SECOND = 1_000_000_000 >> UNIT_BITS;

    private static final VarHandle PACKED = handle();

    private volatile long packed = pack(NONE, 0);
    private final double halvingsPerUnit;

    /// @param timeConstantNanos after which 1/e of a weight is left
    DecayingValue(long timeConstantNanos) {
        halvingsPerUnit = (1 << UNIT_BITS) / (timeConstantNanos * Math.log(2));
    }

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(DecayingValue.class, "packed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
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
            before = packed;
            after = pack(step.next(valueOf(before), kept(before, now, 1), sample), now);
        } while (!PACKED.compareAndSet(this, before, after));
    }

    void clear() {
        packed = pack(NONE, 0);
    }

    /// As it was after the last change; [#NONE] before the first.
    float value() {
        return valueOf(packed);
    }

    /// What time has left of it; [#NONE] before the first change.
    float decayed(long nowNanos) {
        return decayed(nowNanos, 1);
    }

    /// @param times how many times as fast as usual it fades
    float decayed(long nowNanos, int times) {
        long state = packed;
        float value = valueOf(state);
        return value <= 0 ? value : (float) (value * kept(state, units(nowNanos), times));
    }

    private double kept(long state, int now, int times) {
        int elapsed = now - (int) state;
        if (elapsed < 0) {
            return elapsed > -ONE_SECOND ? 1 : 0;
        }
        return halved(elapsed * halvingsPerUnit * times);
    }

    /// 2^-x for x from 0 on, within 2 in 100,000. The whole halvings are a matter of the exponent; for the
    /// rest, Taylor's polynomial has its last coefficient changed so that one halving gives 1/2 and nothing jumps.
    /// `Math.exp` takes longer, and a pick asks for up to three: with it, `hot-cold` took
    /// 150 ns over three instances, where it takes 115 to 127 (`pick` benchmark, 2026-11-29).
    static double halved(double x) {
        int whole = (int) x;
        if (whole > Double.MAX_EXPONENT - 1) {
            return 0;
        }
        double rest = x - whole;
        double share = 0.009_618_129_1 - rest * 0.001_193_346_8;
        share = 0.055_504_108_7 - rest * share;
        share = 0.240_226_507_0 - rest * share;
        share = 0.693_147_180_6 - rest * share;
        share = 1 - rest * share;
        return share * Double.longBitsToDouble((long) (Double.MAX_EXPONENT - whole) << 52);
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
