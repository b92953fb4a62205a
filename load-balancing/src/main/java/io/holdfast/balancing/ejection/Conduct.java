package io.holdfast.balancing.ejection;

import io.holdfast.balancing.signal.LatencyHistogram;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// How one instance behaves, as the detectors see it. Each detector has counters of its own, as one
/// that is reset for one of them would silence another. Counting takes no lock; reading is for one
/// thread at a time.
public final class Conduct {
    private static final float KEPT = 0.8f;

    private final AtomicInteger consecutiveFailures = new AtomicInteger();
    private final LongAdder answers = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile long quietSinceNanos;
    private final float[] recentLatencies = new float[LatencyHistogram.BUCKETS];
    private double recentAnswers;
    private double recentFailures;
    private float recentCount;
    private long medianNanos;

    /// A request was sent.
    public void begun(long nowNanos) {
        if (unanswered.getAndIncrement() == 0) {
            quietSinceNanos = nowNanos;
        }
    }

    /// Something came back, good or bad.
    public void heard(long nowNanos) {
        unanswered.set(0);
        quietSinceNanos = nowNanos;
    }

    /// Nobody waits for the answer any more.
    public void abandoned() {
        unanswered.updateAndGet(count -> Math.max(0, count - 1));
    }

    public void answered(long elapsedNanos) {
        consecutiveFailures.set(0);
        answers.increment();
        latencies.record(elapsedNanos);
    }

    /// Returns how many there were in a row, this one included.
    public int failed() {
        failures.increment();
        return consecutiveFailures.incrementAndGet();
    }

    /// Ends a period of observation: what was before it loses a fifth of its weight.
    ///
    /// @param pool adds this instance's latencies here, too
    void endPeriod(float[] pool) {
        recentAnswers = recentAnswers * KEPT + answers.sumThenReset();
        recentFailures = recentFailures * KEPT + failures.sumThenReset();
        float[] fresh = new float[LatencyHistogram.BUCKETS];
        int count = latencies.drainTo(fresh);
        recentCount = recentCount * KEPT + count;
        for (int bucket = 0; bucket < fresh.length; bucket++) {
            recentLatencies[bucket] = recentLatencies[bucket] * KEPT + fresh[bucket];
            pool[bucket] += fresh[bucket];
        }
        medianNanos = LatencyHistogram.quantile(recentLatencies, 0.5);
    }

    /// A new beginning: what led to an ejection is no reason for the next one.
    public void forget() {
        consecutiveFailures.set(0);
        answers.reset();
        failures.reset();
        unanswered.set(0);
        latencies.drainTo(new float[LatencyHistogram.BUCKETS]);
        Arrays.fill(recentLatencies, 0);
        recentAnswers = 0;
        recentFailures = 0;
        recentCount = 0;
        medianNanos = 0;
    }

    int consecutiveFailures() {
        return consecutiveFailures.get();
    }

    double recentRequests() {
        return recentAnswers + recentFailures;
    }

    double recentFailures() {
        return recentFailures;
    }

    double recentLatencyCount() {
        return recentCount;
    }

    long medianNanos() {
        return medianNanos;
    }

    int unanswered() {
        return unanswered.get();
    }

    long quietSinceNanos() {
        return quietSinceNanos;
    }
}
