package io.holdfast.launcher.process;

import java.time.Duration;

/// How long to wait before the next start of a process that died: doubled with each death in a row,
/// bounded, and back at the beginning once the process was ready for a while.
///
/// @param stable how long a process has to be ready for its earlier deaths to be forgotten
public record BackOff(Duration first, Duration longest, Duration stable) {
    public static final BackOff DEFAULT =
            new BackOff(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(60));

    private static final int MOST_DOUBLINGS = 20;

    /// @param deaths in a row, at least 1
    public Duration delay(int deaths) {
        Duration doubled = first.multipliedBy(1L << Math.min(deaths - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
