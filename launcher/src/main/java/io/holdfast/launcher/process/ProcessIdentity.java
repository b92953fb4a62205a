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

    private static final Duration PAUSE = Duration.ofMillis(50);

    public static ProcessIdentity of(ProcessHandle handle) {
        return new ProcessIdentity(handle.pid(), start(handle));
    }

    public static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    /// The process, if it is still alive. One that has ended stays in the list of processes until its
    /// parent takes note, which some never do; it has no command any more.
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info().command().isPresent())
                .filter(this::isSame);
    }

    /// Waits for the end of the process; false if it has not come by then.
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (find().isPresent()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }

    private boolean isSame(ProcessHandle handle) {
        return Math.abs(start(handle) - startedAt) <= TOLERANCE.toMillis();
    }

    private static long start(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }
}
