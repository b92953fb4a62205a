package io.holdfast.app.admission;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Admits the requests that move many documents. Each holds some of them in memory, so only a few
/// run at once, in the order they came. Thread-safe.
public final class Streams {
    /// Long ones must not keep short ones waiting, so each kind has its own turns.
    public enum Kind {
        /// A page of a listing, or a read of many documents: over in a moment.
        LISTING,
        /// An import or an export: takes as long as its client does.
        TRANSFER
    }

    private final Semaphore listings;
    private final Semaphore transfers;

    Streams(int listings, int transfers) {
        this.listings = new Semaphore(listings, true);
        this.transfers = new Semaphore(transfers, true);
    }

    /// Waits for a turn until the current deadline.
    ///
    /// @return what ends the turn
    /// @throws ProblemException where no turn came in time
    public Turn enter(Kind kind) {
        Semaphore turns = turns(kind);
        try {
            if (turns.tryAcquire(Deadline.current().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return turns::release;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                ProblemType.OVERLOADED, "Too many listings and imports are under way. Try again in a moment.");
    }

    int free(Kind kind) {
        return turns(kind).availablePermits();
    }

    private Semaphore turns(Kind kind) {
        return switch (kind) {
            case LISTING -> listings;
            case TRANSFER -> transfers;
        };
    }

    /// The right to run, until it is closed.
    @FunctionalInterface
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
