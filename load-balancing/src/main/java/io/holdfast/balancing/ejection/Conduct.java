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
    private final float[] fresh = new float[LatencyHistogram.BUCKETS];
    private final float[] recentLatencies = new float[LatencyHistogram.BUCKETS];
    private final float[] recentOfPeers = new float[LatencyHistogram.BUCKETS];
    private double recentAnswers;
    private double recentFailures;
    private int freshCount;
    private float recentCount;
    private float recentOfPeersCount;
    private long medianNanos;
    private long medianOfPeersNanos;

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

    /// Takes the latencies that were counted since it was called last, and adds them to those of all. Returns how many.
    int drainTo(float[] all) {
        Arrays.fill(fresh, 0);
        freshCount = latencies.drainTo(fresh);
        for (int bucket = 0; bucket < fresh.length; bucket++) {
            all[bucket] += fresh[bucket];
        }
        return freshCount;
    }

    /// Ends a period of observation, after [#drainTo]: what was before it loses a fifth of its weight.
    ///
    /// The peers' answers of each period count as many as its own. So both are about the same seconds: one that
    /// answered while all were slow, and hardly since, is not held to what the others do now.
    ///
    /// @param all instances' latencies in the period, this one's included
    void endPeriod(float[] all, int count) {
        recentAnswers = recentAnswers * KEPT + answers.sumThenReset();
        recentFailures = recentFailures * KEPT + failures.sumThenReset();
        int countOfPeers = count - freshCount;
        float share = countOfPeers == 0 ? 0 : (float) freshCount / countOfPeers;
        recentCount = recentCount * KEPT + freshCount;
        recentOfPeersCount = recentOfPeersCount * KEPT + (countOfPeers == 0 ? 0 : freshCount);
        for (int bucket = 0; bucket < fresh.length; bucket++) {
            recentLatencies[bucket] = recentLatencies[bucket] * KEPT + fresh[bucket];
            recentOfPeers[bucket] = recentOfPeers[bucket] * KEPT + share * (all[bucket] - fresh[bucket]);
        }
        medianNanos = LatencyHistogram.quantile(recentLatencies, 0.5);
        medianOfPeersNanos = LatencyHistogram.quantile(recentOfPeers, 0.5);
    }

    /// A new beginning: what led to an ejection is no reason for the next one.
    public void forget() {
        consecutiveFailures.set(0);
        answers.reset();
        failures.reset();
        unanswered.set(0);
        latencies.drainTo(new float[LatencyHistogram.BUCKETS]);
        Arrays.fill(recentLatencies, 0);
        Arrays.fill(recentOfPeers, 0);
        recentAnswers = 0;
        recentFailures = 0;
        recentCount = 0;
        recentOfPeersCount = 0;
        medianNanos = 0;
        medianOfPeersNanos = 0;
    }

    /// A quantile of its recent latencies; 0 where there are fewer than it takes to know.
    public long latencyNanos(double quantile) {
        return recentCount * (1 - quantile) < 1 ? 0 : LatencyHistogram.quantile(recentLatencies, quantile);
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

    double recentOfPeersCount() {
        return recentOfPeersCount;
    }

    long medianNanos() {
        return medianNanos;
    }

    long medianOfPeersNanos() {
        return medianOfPeersNanos;
    }

    int unanswered() {
        return unanswered.get();
    }

    long quietSinceNanos() {
        return quietSinceNanos;
    }
}
