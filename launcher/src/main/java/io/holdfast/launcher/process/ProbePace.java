package io.holdfast.launcher.process;

import java.time.Duration;

/// How long to wait before a process that is starting is probed again: a share of the time that it has
/// taken so far, bounded. So what starts in a moment is soon known to be ready, and what takes longer
/// keeps the processor that it starts on.
///
/// @param share the pause is the time taken so far divided by this, at least 1
public record ProbePace(int share, Duration shortest, Duration longest) {
    public static final ProbePace DEFAULT = new ProbePace(40, Duration.ofMillis(50), Duration.ofMillis(200));

    /// @param taken since the process was started
    public Duration pause(Duration taken) {
        Duration pause = taken.dividedBy(share);
        if (pause.compareTo(shortest) < 0) {
            return shortest;
        }
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
