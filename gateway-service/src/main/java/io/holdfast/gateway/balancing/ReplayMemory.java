package io.holdfast.gateway.balancing;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes of request bodies that are kept, and the most that may be. Thread-safe.
final class ReplayMemory {
    private final long largestBody;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    ReplayMemory(ReplayProperties properties) {
        largestBody = Math.min(properties.largestBody().toBytes(), Integer.MAX_VALUE);
        limit = properties.memory().toBytes();
    }

    /// Returns whether a body may be kept. One that may be has to be released.
    boolean reserve(long bytes) {
        if (bytes > largestBody) {
            return false;
        }
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
