package io.holdfast.app.admission;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// The bytes that large documents may take in this process at once. Small ones are not counted: as
/// many as there can be requests fit beside them. Thread-safe.
public final class MemoryBudget {
    /// Up to this many bytes count as small.
    public static final int UNCOUNTED = 96 * 1024;

    private static final int UNIT = 1024;
    private static final Lease NOTHING = new Lease(null, 0);

    private final Semaphore units;
    private final int all;

    /// @param size at least the largest reservation
    MemoryBudget(DataSize size) {
        this.all = Math.toIntExact(size.toKilobytes());
        this.units = new Semaphore(all, true);
    }

    /// Reserves bytes, waiting for others to give theirs back until the current deadline.
    ///
    /// @throws ProblemException where none came back in time
    public Lease reserve(long bytes) {
        if (bytes <= UNCOUNTED) {
            return NOTHING;
        }
        int wanted = units(bytes);
        if (!acquired(wanted)) {
            throw new ProblemException(
                    ProblemType.OVERLOADED, "Too many large documents are under way. Try again in a moment.");
        }
        return new Lease(units, wanted);
    }

    /// Reserves bytes if they are free now; null if they are not.
    public @Nullable Lease tryReserve(long bytes) {
        if (bytes <= UNCOUNTED) {
            return NOTHING;
        }
        int wanted = units(bytes);
        return units.tryAcquire(wanted) ? new Lease(units, wanted) : null;
    }

    private int units(long bytes) {
        return (int) Math.min(all, (bytes + UNIT - 1) / UNIT);
    }

    private boolean acquired(int wanted) {
        try {
            return units.tryAcquire(wanted, Deadline.current().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    long freeBytes() {
        return (long) units.availablePermits() * UNIT;
    }

    /// Reserved bytes, until it is closed.
    public static final class Lease implements AutoCloseable {
        private final @Nullable Semaphore units;
        private int held;

        private Lease(@Nullable Semaphore units, int held) {
            this.units = units;
            this.held = held;
        }

        @Override
        public void close() {
            if (units != null) {
                units.release(held);
                held = 0;
            }
        }
    }
}
