package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;

/// A circle of hashes on which every instance has points (Karger et al., "Consistent Hashing and
/// Random Trees", 1997). A key belongs to the instance of the next point, so a change of membership
/// moves only the keys of the instances that came or went.
///
/// About [#POINTS] points for each instance keep shares within a tenth or so of what they should be.
/// Their number follows from an instance's own weight and a power of two, not from the other
/// instances, as else every change would move everybody's points. A table over the upper bits of the
/// hash leads to the right place in about one step.
final class Ring {
    private static final int POINTS = 128;
    private static final int OWNER_BITS = 20;
    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;

    private final String[] ids;
    private final double[] weights;
    private final long[] points; // hash above, owner below; sorted
    private final int[] starts;
    private final int shift;

    Ring(Signals[] instances) {
        ids = Arrays.stream(instances).map(Signals::id).toArray(String[]::new);
        weights = configured(instances);
        points = points(ids, weights);
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(points.length));
        shift = 63 - bits;
        starts = starts(points, bits, shift);
    }

    /// Whether it was made for the same instances in the same places.
    boolean fits(Signals[] instances) {
        return Arrays.equals(weights, configured(instances))
                && Arrays.equals(ids, Arrays.stream(instances).map(Signals::id).toArray());
    }

    private static double[] configured(Signals[] instances) {
        return Arrays.stream(instances).mapToDouble(Signals::configuredWeight).toArray();
    }

    private static long[] points(String[] ids, double[] weights) {
        double mean = Arrays.stream(weights).average().orElse(1);
        double perWeight = POINTS / Math.pow(2, Math.rint(Math.log(mean) / Math.log(2)));
        long[] points = new long[0];
        int count = 0;
        for (int owner = 0; owner < ids.length; owner++) {
            int own = (int) Math.max(1, Math.round(weights[owner] * perWeight));
            if (count + own > points.length) {
                points = Arrays.copyOf(points, 2 * (count + own));
            }
            long seed = Hash.of(ids[owner]);
            for (int i = 0; i < own; i++) {
                points[count++] = (Hash.mix(seed + i) >>> 1 & ~OWNER_MASK) | owner;
            }
        }
        long[] sorted = Arrays.copyOf(points, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static int[] starts(long[] points, int bits, int shift) {
        int[] starts = new int[1 << bits];
        int point = 0;
        for (int bucket = 0; bucket < starts.length; bucket++) {
            while (point < points.length && points[point] >>> shift < bucket) {
                point++;
            }
            starts[bucket] = point;
        }
        return starts;
    }

    /// The place on the circle of the first point that does not come before the key.
    int find(long key) {
        long hash = key >>> 1;
        int point = starts[(int) (hash >>> shift)];
        while (point < points.length && points[point] < hash) {
            point++;
        }
        return point == points.length ? 0 : point;
    }

    int after(int point) {
        return point + 1 == points.length ? 0 : point + 1;
    }

    int owner(int point) {
        return (int) (points[point] & OWNER_MASK);
    }

    int length() {
        return points.length;
    }
}
