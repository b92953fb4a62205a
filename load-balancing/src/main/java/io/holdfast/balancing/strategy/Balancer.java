package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicInteger;

/// A strategy for one service. What it remembers between snapshots, such as a position, is its own;
/// what is known of an instance belongs to the instance, so strategies can be exchanged at any time.
/// Thread-safe.
public interface Balancer {
    /// A picker for this snapshot: not empty, and never altered. Tables are made here, once, and not
    /// while picking.
    Picker over(Signals[] instances);

    /// Whether pickers should be made anew every second because what they are made from changes by
    /// itself.
    default boolean followsReports() {
        return false;
    }

    /// A balancer in the same position that goes its own way: for what-if questions.
    ///
    /// @param inFlight counts the requests of its instances, all together
    default Balancer fork(AtomicInteger inFlight) {
        return this;
    }
}
