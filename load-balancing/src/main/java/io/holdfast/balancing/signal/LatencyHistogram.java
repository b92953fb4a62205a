package io.holdfast.balancing.signal;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// Counts durations in buckets whose width is at most a quarter of their lower bound: four to an
/// octave from 4 µs to 69 s. Recording is one atomic increment; a reader takes the counts away
/// and sums them up as it likes.
public final class LatencyHistogram {
    private static final int SUB_BITS = 2;
    private static final int SUB_MASK = (1 << SUB_BITS) - 1;
    private static final int LOWEST_BITS = 12;
    private static final int HIGHEST_BITS = 36;

    public static final int BUCKETS = (HIGHEST_BITS - LOWEST_BITS) << SUB_BITS;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    public void record(long nanos) {
        counts.incrementAndGet(bucketOf(nanos));
    }

    /// Adds the counts since the last call to `sums`. Returns how many there were.
    public int drainTo(float[] sums) {
        int total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts.get(bucket) > 0) {
                int count = counts.getAndSet(bucket, 0);
                sums[bucket] += count;
                total += count;
            }
        }
        return total;
    }

    /// The middle of the bucket in which the share `quantile` of all counts is reached; 0 where
    /// nothing is counted.
    public static long quantile(float[] sums, double quantile) {
        double total = 0;
        for (float count : sums) {
            total += count;
        }
        double rank = total * quantile;
        double seen = 0;
        for (int bucket = 0; bucket < sums.length; bucket++) {
            seen += sums[bucket];
            if (seen >= rank && seen > 0) {
                return middle(bucket);
            }
        }
        return 0;
    }

    static int bucketOf(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        if (exponent < LOWEST_BITS) {
            return 0;
        }
        if (exponent >= HIGHEST_BITS) {
            return BUCKETS - 1;
        }
        int sub = (int) (nanos >> (exponent - SUB_BITS)) & SUB_MASK;
        return ((exponent - LOWEST_BITS) << SUB_BITS) + sub;
    }

    private static long middle(int bucket) {
        int exponent = LOWEST_BITS + (bucket >> SUB_BITS);
        long width = 1L << (exponent - SUB_BITS);
        return (1L << exponent) + (bucket & SUB_MASK) * width + width / 2;
    }
}
