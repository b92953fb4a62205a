package io.holdfast.app.concurrency;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Work of a request in a virtual thread of its own, under a deadline of its own, the request's trace
/// and its ids in the logs. Closing it ends the work if nobody waits for it any more.
public final class Fork<T> implements AutoCloseable {
    private final FutureTask<T> task;

    private Fork(FutureTask<T> task) {
        this.task = task;
    }

    /// @param time what the work may take
    public static <T> Fork<T> start(Duration time, Supplier<T> work) {
        @Nullable Map<String, String> logContext = MDC.getCopyOfContextMap();
        FutureTask<T> task = new FutureTask<>(Context.current().wrap(() -> {
            if (logContext != null) {
                MDC.setContextMap(logContext);
            }
            return Deadline.in(time).<T, RuntimeException>call(work::get);
        }));
        Thread.ofVirtual().start(task);
        return new Fork<>(task);
    }

    /// Waits for the work and gives what came of it, or throws what ended it.
    public T join() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error error -> throw error;
                case null, default -> new IllegalStateException(e);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The service is shutting down.");
        }
    }

    public boolean isDone() {
        return task.isDone();
    }

    @Override
    public void close() {
        task.cancel(true);
    }
}
