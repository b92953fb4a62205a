package io.holdfast.launcher.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A process that is told from a later one which got the same id by when it started.
///
/// @param startedAt in milliseconds since 1970
public record ProcessIdentity(long pid, long startedAt) {
    // The system derives the start from the time since boot, which it corrects now and then.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    public static ProcessIdentity of(ProcessHandle handle) {
        return new ProcessIdentity(handle.pid(), start(handle));
    }

    public static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    /// The process, if it is still alive.
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    private boolean isSame(ProcessHandle handle) {
        return Math.abs(start(handle) - startedAt) <= TOLERANCE.toMillis();
    }

    private static long start(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }
}
