package io.holdfast.storage.api.client;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets operations of several requests travel together. While few calls are under way, each operation starts one at
/// once, so nothing waits at low load. Further ones wait until a call ends, and start the next one together: the
/// busier the service, the more of them (the group commit of databases, applied to calls).
///
/// Of operations that only read, those that are equal are executed once in a call, however many wait for the answer:
/// each of them began before the call did, so what it reads is as recent as it would be alone.
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
        /// It executes the call, for all that wait by then.
        record Lead() implements Turn {}

        /// @param outcome null where there is none
        record Arrived(@Nullable Outcome outcome) implements Turn {}
    }

    private record Passenger(Operation<?> operation, CompletableFuture<Turn> turn) {}

    private final Call call;
    private final Timer timer;
    private final Duration callTime;
    private final int mostCalls;
    private final int mostOperations;
    private final int mostWaiting;
    private final boolean shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Passenger> waiting = new ArrayDeque<>(); // guarded by lock
    private int underWay; // guarded by lock

    /// @param timer ends waits: a request that parks with a time limit of its own makes the JDK wake its one thread for
    /// such limits, which cost 7 % of an app service's processor time
    /// @param callTime the most that a call takes. One that could outlast the request is not waited for
    /// @param mostCalls that are under way at once
    /// @param mostOperations of one call
    /// @param mostWaiting operations; further ones travel alone
    /// @param shared whether equal operations may share an outcome, as they change nothing
    Batches(
            Call call,
            Timer timer,
            Duration callTime,
            int mostCalls,
            int mostOperations,
            int mostWaiting,
            boolean shared) {
        this.call = call;
        this.timer = timer;
        this.callTime = callTime;
        this.mostCalls = mostCalls;
        this.mostOperations = mostOperations;
        this.mostWaiting = mostWaiting;
        this.shared = shared;
    }

    /// @return the outcome; null where there is none, and the operation may be asked for alone
    @Nullable
    Outcome execute(Operation<?> operation, Deadline deadline) {
        Duration patience = deadline.remaining().minus(callTime);
        if (!patience.isPositive()) {
            return null;
        }
        Passenger passenger = new Passenger(operation, new CompletableFuture<>());
        lock.lock();
        try {
            if (underWay < mostCalls) {
                underWay++;
                passenger.turn().complete(new Turn.Lead());
            } else if (waiting.size() < mostWaiting) {
                waiting.add(passenger);
            } else {
                return null;
            }
        } finally {
            lock.unlock();
        }
        return switch (await(passenger, patience, deadline)) {
            case Turn.Lead() -> lead(passenger);
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

    /// Waits for as long as a call that starts then still ends in time, and for one that has started to its end.
    private Turn await(Passenger passenger, Duration patience, Deadline deadline) {
        if (passenger.turn().isDone()) {
            return passenger.turn().join();
        }
        Timeout late =
                timer.newTimeout(_ -> losePatience(passenger, deadline), patience.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return passenger.turn().get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            leavesQueue(passenger);
            return passenger.turn().getNow(new Turn.Arrived(null));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes a turn that way
        } finally {
            late.cancel();
        }
    }

    /// Ends the wait of one that is still in the queue, and else of one whose call does not end by its deadline.
    private void losePatience(Passenger passenger, Deadline deadline) {
        if (leavesQueue(passenger)) {
            passenger.turn().complete(new Turn.Arrived(null));
        } else if (!passenger.turn().isDone()) {
            timer.newTimeout(
                    _ -> passenger.turn().complete(new Turn.Arrived(null)),
                    Math.max(0, deadline.remaining().toNanos()),
                    TimeUnit.NANOSECONDS);
        }
    }

    /// @return false where its call has started, which others may depend on it to execute
    private boolean leavesQueue(Passenger passenger) {
        lock.lock();
        try {
            return waiting.remove(passenger);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Outcome lead(Passenger first) {
        List<Passenger> batch = board(first);
        List<Operation<?>> operations = new ArrayList<>(batch.size());
        int[] places = places(batch, operations);
        List<Outcome> outcomes = List.of();
        try {
            outcomes = call.execute(operations);
        } catch (ProblemException _) {
            return null; // each hears of it when it asks alone
        } finally {
            handOver();
            for (int i = 1; i < batch.size(); i++) {
                batch.get(i).turn().complete(new Turn.Arrived(outcomes.isEmpty() ? null : outcomes.get(places[i])));
            }
        }
        return outcomes.getFirst();
    }

    /// @param operations of the batch are added to it, equal ones once where they are shared
    /// @return where each passenger's operation is among them
    private int[] places(List<Passenger> batch, List<Operation<?>> operations) {
        int[] places = new int[batch.size()];
        boolean several = shared && batch.size() > 1;
        Map<Operation<?>, Integer> known = several ? HashMap.newHashMap(batch.size()) : Map.of();
        for (int i = 0; i < places.length; i++) {
            Operation<?> operation = batch.get(i).operation();
            Integer place = several ? known.putIfAbsent(operation, operations.size()) : null;
            places[i] = place == null ? operations.size() : place;
            if (place == null) {
                operations.add(operation);
            }
        }
        return places;
    }

    /// Who travels with the one that starts a call. Requests that could run at this moment get to ask first: where a
    /// processor is what they wait for, that makes calls fewer, and where none does, it takes no time.
    @SuppressWarnings("ThreadPriorityCheck") // nothing but the size of a batch depends on it
    private List<Passenger> board(Passenger first) {
        Thread.yield();
        List<Passenger> batch = new ArrayList<>();
        batch.add(first);
        lock.lock();
        try {
            while (!waiting.isEmpty() && batch.size() < mostOperations) {
                batch.add(waiting.remove());
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /// Lets the first of those that wait start the next call. It knows of it before the lock is free, so that it
    /// cannot leave and have nobody execute the call.
    private void handOver() {
        lock.lock();
        try {
            Passenger next = waiting.poll();
            if (next == null) {
                underWay--;
            } else {
                next.turn().complete(new Turn.Lead());
            }
        } finally {
            lock.unlock();
        }
    }
}
