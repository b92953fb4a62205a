package io.holdfast.storage.redis;

import io.holdfast.contract.request.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// Paces the repetitions of one operation: pauses that double, up to eight times the first, each
/// shortened at random by up to half so that callers do not come back in step. For one thread.
public final class Patience {
    private static final int GREATEST_FACTOR = 8;

    private final Deadline deadline;
    private final Duration firstPause;
    private int factor = 1;

    public Patience(Deadline deadline, Duration firstPause) {
        this.deadline = deadline;
        this.firstPause = firstPause;
    }

    /// Pauses, unless the time that is left would be over then.
    ///
    /// @return whether to try again
    public boolean pause() {
        long longest = firstPause.toNanos() * factor;
        long nanos = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        factor = Math.min(GREATEST_FACTOR, factor * 2);
        if (nanos >= deadline.remaining().toNanos() || Thread.currentThread().isInterrupted()) {
            return false;
        }
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return true;
    }
}
