package io.holdfast.benchmarks.load;

import org.jspecify.annotations.Nullable;

/// One request under way.
final class Exchange {
    private final long intendedNanos;
    private final long cancelAfterNanos;
    private final Listener listener;
    private long sentNanos;

    @FunctionalInterface
    interface Listener {
        void ended(Exchange exchange, Outcome outcome);
    }

    /// @param intendedNanos when it was to start
    /// @param cancelAfterNanos after which it is given up, counted from when it is sent; 0 for never
    Exchange(long intendedNanos, long cancelAfterNanos, Listener listener) {
        this.intendedNanos = intendedNanos;
        this.cancelAfterNanos = cancelAfterNanos;
        this.listener = listener;
    }

    long intendedNanos() {
        return intendedNanos;
    }

    long cancelAfterNanos() {
        return cancelAfterNanos;
    }

    long sentNanos() {
        return sentNanos;
    }

    void sent(long nanos) {
        sentNanos = nanos;
    }

    void end(Outcome outcome) {
        listener.ended(this, outcome);
    }

    static boolean isOverdue(@Nullable Exchange exchange, long now, long limitNanos) {
        return exchange != null && now - exchange.intendedNanos > limitNanos;
    }
}
