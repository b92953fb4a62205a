package io.holdfast.balancing.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();
    private final float[] sums = new float[LatencyHistogram.BUCKETS];

    @Test
    void knowsNothingAtFirst() {
        assertThat(LatencyHistogram.quantile(sums, 0.5)).isZero();
    }

    @Test
    void findsQuantilesWithinItsWidth() {
        new SplittableRandom(1).longs(100_000, 0, 10_000_000).forEach(histogram::record);
        assertThat(histogram.drainTo(sums)).isEqualTo(100_000);
        for (double quantile : new double[] {0.1, 0.5, 0.95, 0.99}) {
            assertThat(LatencyHistogram.quantile(sums, quantile) / (quantile * 1e7))
                    .isBetween(0.85, 1.15);
        }
    }

    @Test
    void takesAnyDuration() {
        for (long nanos : new long[] {Long.MIN_VALUE, -1, 0, 1, 4_096, Long.MAX_VALUE}) {
            histogram.record(nanos);
        }
        assertThat(histogram.drainTo(sums)).isEqualTo(6);
        assertThat(sums[0]).isEqualTo(5);
        assertThat(sums[LatencyHistogram.BUCKETS - 1]).isEqualTo(1);
    }

    @Test
    void givesEachCountOnce() {
        histogram.record(1_000_000);
        histogram.drainTo(sums);
        assertThat(histogram.drainTo(sums)).isZero();
    }

    @Test
    void growsFromBucketToBucket() {
        int last = 0;
        for (long nanos = 1; nanos > 0; nanos += Math.max(1, nanos / 9)) {
            int bucket = LatencyHistogram.bucketOf(nanos);
            assertThat(bucket).isBetween(last, last + 1);
            last = bucket;
        }
        assertThat(last).isEqualTo(LatencyHistogram.BUCKETS - 1);
    }
}
