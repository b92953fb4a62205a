package io.holdfast.gateway.connection;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts what is under way in the whole gateway and refuses what is over the limit. Thread-safe.
final class Admission {
    private final int limit;
    private final AtomicInteger admitted = new AtomicInteger();

    Admission(int limit) {
        this.limit = limit;
    }

    /// Whether there was room; then [#leave] must follow.
    boolean enter() {
        if (admitted.incrementAndGet() <= limit) {
            return true;
        }
        admitted.decrementAndGet();
        return false;
    }

    void leave() {
        admitted.decrementAndGet();
    }

    int limit() {
        return limit;
    }

    int admitted() {
        return admitted.get();
    }
}
