package io.holdfast.app.concurrency;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits between attempts, each time up to twice as long. The wait is a random share of that, so
/// that those who collided do not collide again ("full jitter"). Not thread-safe.
public final class Backoff {
    private final long longestNanos;
    private final RandomGenerator random;
    private long nextNanos;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.nextNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
        this.random = random;
    }

    /// Waits before the next attempt, blocking the thread.
    public void await() {
        try {
            Thread.sleep(Duration.ofNanos(random.nextLong(nextNanos + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The service is shutting down.");
        }
        nextNanos = Math.min(longestNanos, 2 * nextNanos);
    }
}
