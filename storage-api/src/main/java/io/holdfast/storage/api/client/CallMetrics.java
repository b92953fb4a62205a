package io.holdfast.storage.api.client;

import io.holdfast.contract.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How long calls take, retries included, and what they come to.
final class CallMetrics {
    private static final String CALLS = "holdfast.storage.client.calls";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final Timer succeeded;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.succeeded = timer("ok");
    }

    /// @param outcome `ok`, or the slug of the problem's type
    private Timer timer(String outcome) {
        return Timer.builder(CALLS)
                .description("Calls to the storage services")
                .tag(OUTCOME, outcome)
                .register(registry);
    }

    <T> T time(Supplier<T> call) {
        long start = System.nanoTime();
        try {
            T result = call.get();
            record(succeeded, start);
            return result;
        } catch (ProblemException e) {
            record(timer(e.type().slug()), start);
            throw e;
        }
    }

    private static void record(Timer timer, long start) {
        timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
}
