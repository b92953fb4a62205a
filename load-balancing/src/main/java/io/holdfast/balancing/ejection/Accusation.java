package io.holdfast.balancing.ejection;

/// Why an instance should be taken out.
///
/// @param why for people
/// @param slowestTrialNanos how long the answer to its trial request may take for it to be back
public record Accusation(String why, long slowestTrialNanos) {
    static Accusation of(String why) {
        return new Accusation(why, Long.MAX_VALUE);
    }

    /// Whether it works, only too slowly.
    public boolean ofSlowness() {
        return slowestTrialNanos < Long.MAX_VALUE;
    }
}
