package io.holdfast.balancing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The requests to one instance that became connections. They would outlast anything an instance waits
/// for when it stops, so they are ended when it leaves, and those that come later at once. Thread-safe:
/// the one that takes an end out of the set runs it, so each runs once, whoever comes when.
final class Connections {
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    void add(Runnable end) {
        ends.add(end);
        if (leaving) {
            endAll();
        }
    }

    void remove(Runnable end) {
        ends.remove(end);
    }

    /// The instance takes connections again.
    void stay() {
        leaving = false;
    }

    void leave() {
        leaving = true;
        endAll();
    }

    private void endAll() {
        List.copyOf(ends).stream().filter(ends::remove).forEach(Runnable::run);
    }
}
