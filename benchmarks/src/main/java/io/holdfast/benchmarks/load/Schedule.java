package io.holdfast.benchmarks.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When each request is to start, fixed before the first one is sent: a service that becomes slow does not
/// slow down those who ask it.
public final class Schedule {
    private static final long MOST = 50_000_000;

    private final long[] startNanos;

    private Schedule(long[] startNanos) {
        this.startNanos = startNanos;
    }

    /// Requests in equal distances, `rate` of them a second, the first at 0.
    public static Schedule constant(double rate, Duration duration) {
        long[] starts = new long[count(rate, duration)];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.round(i * 1e9 / rate);
        }
        return new Schedule(starts);
    }

    /// As many requests at independent moments, as many users make them: distances are exponential.
    public static Schedule poisson(double rate, Duration duration, RandomGenerator random) {
        long[] starts = new long[count(rate, duration)];
        double at = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.round(at);
            at += random.nextExponential() * 1e9 / rate;
        }
        return new Schedule(starts);
    }

    private static int count(double rate, Duration duration) {
        double count = rate * duration.toNanos() / 1e9;
        if (!(count >= 1 && count <= MOST)) {
            throw new IllegalArgumentException("%s requests a second for %s are %.0f requests; use from 1 to %d."
                    .formatted(rate, duration, count, MOST));
        }
        return (int) Math.round(count);
    }

    int size() {
        return startNanos.length;
    }

    /// Of request `n`, after the start of the schedule.
    long startNanos(int n) {
        return startNanos[n];
    }
}
