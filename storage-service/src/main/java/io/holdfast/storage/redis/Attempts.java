package io.holdfast.storage.redis;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends commands to Redis and repeats those that fail for a passing reason until the deadline. All
/// of a list are under way at once, and one that fails does not hold up or harm the others.
///
/// Whoever uses it sends only commands that may be executed twice: a lost connection does not tell
/// whether its commands were. Thread-safe; the calling thread waits.
public final class Attempts {
    private final RedisProperties properties;
    private final RedisMetrics metrics;
    private final Refusals refusals;

    Attempts(RedisProperties properties, RedisMetrics metrics, Refusals refusals) {
        this.properties = properties;
        this.metrics = metrics;
        this.refusals = refusals;
    }

    /// One command.
    ///
    /// @throws ProblemException where it failed for good
    public <T> T one(Deadline deadline, Supplier<? extends CompletionStage<T>> command) {
        return all(deadline, List.of(command), Supplier::get).getFirst();
    }

    /// A command for each item.
    ///
    /// @return the answers in the order of the items
    /// @throws ProblemException where one of them failed for good
    public <I, T> List<T> all(
            Deadline deadline, List<I> items, Function<? super I, ? extends CompletionStage<T>> command) {
        List<T> answers = new ArrayList<>(items.size());
        for (Attempted<T> attempted : each(deadline, items, command)) {
            switch (attempted) {
                case Attempted.Done<T>(T value) -> answers.add(value);
                case Attempted.Failed<T>(RedisFault fault) -> throw new ProblemException(fault.type(), fault.detail());
            }
        }
        return answers;
    }

    /// A command for each item, each with an end of its own.
    public <I, T> List<Attempted<T>> each(
            Deadline deadline, List<I> items, Function<? super I, ? extends CompletionStage<T>> command) {
        return each(deadline, Repeats.UNTIL_DEADLINE, items, command);
    }

    /// A command for each item, each with an end of its own.
    public <I, T> List<Attempted<T>> each(
            Deadline deadline,
            Repeats repeats,
            List<I> items,
            Function<? super I, ? extends CompletionStage<T>> command) {
        List<@Nullable Attempted<T>> results = new ArrayList<>(Collections.nCopies(items.size(), null));
        List<Integer> open = indexes(items.size());
        Patience patience = new Patience(deadline, properties.retryPause());
        while (true) {
            round(deadline, items, command, open, results);
            open = open.stream().filter(i -> passing(results.get(i))).toList();
            if (open.isEmpty() || repeats == Repeats.NONE || !patience.pause()) {
                return complete(results);
            }
            metrics.repeated(open.size());
        }
    }

    private <I, T> void round(
            Deadline deadline,
            List<I> items,
            Function<? super I, ? extends CompletionStage<T>> command,
            List<Integer> open,
            List<@Nullable Attempted<T>> results) {
        List<CompletableFuture<T>> sent = new ArrayList<>(open.size());
        for (int i : open) {
            sent.add(send(items.get(i), command));
        }
        for (int i = 0; i < sent.size(); i++) {
            results.set(open.get(i), await(sent.get(i), deadline));
        }
    }

    private static <I, T> CompletableFuture<T> send(I item, Function<? super I, ? extends CompletionStage<T>> command) {
        try {
            return command.apply(item).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> Attempted<T> await(CompletableFuture<T> command, Deadline deadline) {
        try {
            return new Attempted.Done<>(command.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            RedisFault fault = RedisFault.of(e);
            refusals.note(fault);
            return new Attempted.Failed<>(fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Attempted.Failed<>(RedisFault.interrupted());
        }
    }

    private static <T> boolean passing(@Nullable Attempted<T> result) {
        return result instanceof Attempted.Failed<T>(RedisFault fault) && fault.passing();
    }

    private static List<Integer> indexes(int size) {
        List<Integer> indexes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            indexes.add(i);
        }
        return indexes;
    }

    private static <T> List<Attempted<T>> complete(List<@Nullable Attempted<T>> results) {
        List<Attempted<T>> complete = new ArrayList<>(results.size());
        for (Attempted<T> result : results) {
            complete.add(Objects.requireNonNull(result));
        }
        return complete;
    }
}
