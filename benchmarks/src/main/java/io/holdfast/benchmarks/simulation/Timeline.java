package io.holdfast.benchmarks.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/// Simulated time: what is due next happens next, and the clock stands still meanwhile. Belongs to one
/// thread.
final class Timeline {
    private record Event(long atNanos, long order, Runnable action) {}

    // Of events at the same moment, the one that was planned first comes first: a run can be repeated.
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
    private long now;
    private long planned;

    long now() {
        return now;
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(now + Math.max(0, nanos), planned++, action));
    }

    /// Repeats an action for as long as the simulation goes on.
    void every(long nanos, Runnable action) {
        after(nanos, () -> {
            action.run();
            every(nanos, action);
        });
    }

    void runUntil(long endNanos) {
        for (Event next = events.peek(); next != null && next.atNanos <= endNanos; next = events.peek()) {
            events.remove();
            now = next.atNanos;
            next.action.run();
        }
        now = endNanos;
    }
}
