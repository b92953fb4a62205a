package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Takes, of a few instances that are drawn, the fastest one that is not busy; where all are busy,
/// the least busy one. This is the hot-cold lexicographic rule of Prequal (Wydrowski, Kleinberg,
/// Rumble, Archer, "Load is not what you should balance: Introducing Prequal", NSDI 2024), which
/// steers by requests in flight where load matters, and by latency where it does not.
///
/// An instance is hot where its requests in flight exceed a quantile (Prequal's 2^-0.25 = 0.84) of
/// what instances have. That limit is not counted out but followed: each pick compares it to one
/// sample and moves it up a little if the sample is above, down if not, in the ratio 0.84 : 0.16, so
/// that it rests where 84 % are below (stochastic approximation, Robbins and Monro 1951). It is used
/// rounded up to whole requests, as it never rests quite.
///
/// Prequal asks instances by probes of their own for both figures. Here the caller's own count and
/// latency are used, and the count that an instance reports, from all its callers, if that is
/// higher.
public final class HotCold implements Balancer {
    private static final double QUANTILE = 0.84;
    private static final double STEP = 0.1;
    private static final int DRAWN = 3;

    private final LongSupplier clock;
    private final RandomGenerator random;
    private final AtomicLong limit = new AtomicLong(Double.doubleToRawLongBits(1));

    public HotCold(LongSupplier clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Picker over(Signals[] instances) {
        return new Sample(instances);
    }

    private double limit() {
        return Double.longBitsToDouble(limit.getOpaque());
    }

    /// A share of the limit, so that it keeps up with large numbers; racing updates lose a step,
    /// which the next ones make good. So nobody has to wait until others see one.
    private void follow(double busy) {
        double before = limit();
        double step = STEP * Math.max(1, before);
        double after = Math.max(0, before + step * (busy > before ? QUANTILE : QUANTILE - 1));
        limit.setOpaque(Double.doubleToRawLongBits(after));
    }

    private final class Sample implements Picker {
        private final Signals[] instances;

        Sample(Signals[] instances) {
            this.instances = instances;
        }

        @Override
        public int pick(long key) {
            int size = instances.length;
            long now = clock.getAsLong();
            double hot = Math.ceil(limit());
            int drawn = Math.min(DRAWN, size);
            int index = Draw.below(size, random);
            int stride = size <= DRAWN ? 1 : 1 + Draw.below((size - 1) / (DRAWN - 1), random);
            int best = -1;
            boolean bestHot = true;
            double bestValue = 0;
            for (int i = 0; i < drawn; i++) {
                Signals instance = instances[index];
                double penalty = instance.failurePenalty(now);
                double busy = busy(instance, penalty, now);
                if (i == 0) {
                    follow(busy);
                }
                boolean isHot = busy > hot;
                double value = isHot ? busy : latency(instance, penalty, now);
                if (best < 0 || (bestHot && !isHot) || (bestHot == isHot && value < bestValue)) {
                    best = index;
                    bestHot = isHot;
                    bestValue = value;
                }
                index += stride;
                index -= index < size ? 0 : size;
            }
            return best;
        }

        private static double busy(Signals instance, double penalty, long now) {
            double count = Math.max(instance.outstanding(), instance.reportedInFlight(now));
            return (count + 1) * penalty / instance.weight();
        }

        private static double latency(Signals instance, double penalty, long now) {
            return instance.fadingLatencyNanos(now) * penalty / instance.ramp();
        }

        @Override
        public int size() {
            return instances.length;
        }

        @Override
        public Score score(int index) {
            long now = clock.getAsLong();
            Signals instance = instances[index];
            double penalty = instance.failurePenalty(now);
            double busy = busy(instance, penalty, now);
            double hot = Math.ceil(limit());
            return busy > hot
                    ? Scores.of(busy, "hot: (in flight + 1) ÷ weight, above %.0f; least wins where all are hot", hot)
                    : Scores.of(
                            latency(instance, penalty, now),
                            "cold: latency in ns, with (in flight + 1) ÷ weight = %.1f; least wins",
                            busy);
        }
    }
}
