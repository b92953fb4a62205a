package io.holdfast.storage.operation;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Bounds what is executed at once, in calls and in bytes of their bodies, and so the memory it takes.
/// Too many calls are refused; too many bytes wait. Thread-safe: two semaphores hold the counts.
final class Admission {
    private static final int BYTES_PER_PERMIT = 1024;

    private final Semaphore calls;
    private final Semaphore kilobytes;

    Admission(OperationProperties properties) {
        this.calls = new Semaphore(properties.concurrentCalls());
        this.kilobytes = new Semaphore((int) (properties.concurrentBytes().toBytes() / BYTES_PER_PERMIT), true);
    }

    /// The right to execute one call, to be closed behind it.
    interface Ticket extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws ProblemException where too much is under way
    Ticket admit(long bytes, Deadline deadline) {
        if (!calls.tryAcquire()) {
            throw overloaded();
        }
        int permits = (int) (bytes / BYTES_PER_PERMIT) + 1;
        if (!acquire(permits, deadline)) {
            calls.release();
            throw overloaded();
        }
        return () -> {
            kilobytes.release(permits);
            calls.release();
        };
    }

    private boolean acquire(int permits, Deadline deadline) {
        try {
            return kilobytes.tryAcquire(permits, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProblemException overloaded() {
        return new ProblemException(
                ProblemType.OVERLOADED, "The storage service has as much under way as it may. Try again later.");
    }
}
