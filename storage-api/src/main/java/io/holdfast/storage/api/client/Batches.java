package io.holdfast.storage.api.client;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets operations of several requests travel together. While few calls are under way, each operation starts one at
/// once, so nothing waits at low load. Further ones wait until a call ends, and start the next one together: the
/// busier the service, the more of them (the group commit of databases, applied to calls).
///
/// There is no thread besides the requests' own: the first of those that wait executes the call for all of them. A
/// batch ends within its time whatever becomes of its operations; those that are not done then are on their own.
///
/// Thread-safe; the lock guards which calls are under way and who waits.
final class Batches {
    /// Executes what travels together.
    interface Call {
        /// @return one outcome for each operation
        /// @throws ProblemException where there are none
        List<Outcome> execute(List<Operation<?>> operations);
    }

    /// What becomes of an operation that waits.
    private sealed interface Turn {
        /// It executes the call for all of these, itself the first.
        record Lead(List<Passenger> batch) implements Turn {}

        /// @param outcome null where there is none
        record Arrived(@Nullable Outcome outcome) implements Turn {}
    }

    private record Passenger(Operation<?> operation, CompletableFuture<Turn> turn) {}

    private final Call call;
    private final int mostCalls;
    private final int mostOperations;
    private final int mostWaiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Passenger> waiting = new ArrayDeque<>(); // guarded by lock
    private int underWay; // guarded by lock

    /// @param mostCalls that are under way at once
    /// @param mostOperations of one call
    /// @param mostWaiting operations; further ones travel alone
    Batches(Call call, int mostCalls, int mostOperations, int mostWaiting) {
        this.call = call;
        this.mostCalls = mostCalls;
        this.mostOperations = mostOperations;
        this.mostWaiting = mostWaiting;
    }

    /// @return the outcome; null where there is none, and the operation may be asked for alone
    @Nullable
    Outcome execute(Operation<?> operation, Deadline deadline) {
        Passenger passenger = new Passenger(operation, new CompletableFuture<>());
        lock.lock();
        try {
            if (underWay < mostCalls) {
                underWay++;
                passenger.turn().complete(new Turn.Lead(List.of(passenger)));
            } else if (waiting.size() < mostWaiting) {
                waiting.add(passenger);
            } else {
                return null;
            }
        } finally {
            lock.unlock();
        }
        return switch (await(passenger, deadline.remaining())) {
            case Turn.Lead(List<Passenger> batch) -> lead(batch);
            case Turn.Arrived(Outcome outcome) -> outcome;
        };
    }

    /// How many operations wait.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private Turn await(Passenger passenger, Duration time) {
        try {
            return passenger.turn().get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return withdraw(passenger);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return withdraw(passenger);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes a turn that way
        }
    }

    /// One whose turn came in this moment takes it: others may depend on that.
    private Turn withdraw(Passenger passenger) {
        lock.lock();
        try {
            waiting.remove(passenger);
        } finally {
            lock.unlock();
        }
        return passenger.turn().getNow(new Turn.Arrived(null));
    }

    private @Nullable Outcome lead(List<Passenger> batch) {
        List<Outcome> outcomes = List.of();
        try {
            outcomes = call.execute(
                    batch.stream().<Operation<?>>map(Passenger::operation).toList());
        } catch (ProblemException _) {
            return null; // each hears of it when it asks alone
        } finally {
            handOver();
            for (int i = 1; i < batch.size(); i++) {
                batch.get(i).turn().complete(new Turn.Arrived(outcomes.isEmpty() ? null : outcomes.get(i)));
            }
        }
        return outcomes.getFirst();
    }

    /// Lets those that wait start the next call.
    private void handOver() {
        List<Passenger> batch = new ArrayList<>();
        lock.lock();
        try {
            while (!waiting.isEmpty() && batch.size() < mostOperations) {
                batch.add(waiting.remove());
            }
            if (batch.isEmpty()) {
                underWay--;
            }
        } finally {
            lock.unlock();
        }
        if (!batch.isEmpty()) {
            batch.getFirst().turn().complete(new Turn.Lead(batch));
        }
    }
}
