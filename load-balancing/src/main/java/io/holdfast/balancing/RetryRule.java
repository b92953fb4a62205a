package io.holdfast.balancing;

import java.time.Duration;

/// How often, and for how long, a request is tried.
///
/// @param attempts how often a request may be sent to an instance, and how many instances are tried
///     before a pause
/// @param patience how long a request waits for a service none of whose instances can be had; its
///     own deadline may end it earlier
/// @param pause the longest first pause after all instances were tried. Each further one is twice
///     as long, up to [#LONGEST_PAUSE]
/// @param attemptTimeout how long a request that is safe to repeat waits for one instance while
///     there is another; half of the time that is left, if that is less
public record RetryRule(int attempts, Duration patience, Duration pause, Duration attemptTimeout) {
    public static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    public static final RetryRule DEFAULT =
            new RetryRule(3, Duration.ofSeconds(8), Duration.ofMillis(50), Duration.ofSeconds(3));

    /// The longest pause after this many rounds through the instances.
    long pauseNanos(int rounds) {
        long grown = pause.toNanos() << Math.min(rounds, 20);
        return Math.min(grown, Math.max(pause.toNanos(), LONGEST_PAUSE.toNanos()));
    }
}
