package io.holdfast.storage.api.client;

import io.holdfast.contract.problem.ProblemException;
import io.micrometer.core.instrument.DistributionSummary;
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
    private final DistributionSummary operations;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.succeeded = timer("ok");
        this.operations = DistributionSummary.builder("holdfast.storage.client.operations")
                .description("Operations that travelled in one call")
                .register(registry);
    }

    /// @param outcome `ok`, or the slug of the problem's type
    private Timer timer(String outcome) {
        return Timer.builder(CALLS)
                .description("Calls to the storage services")
                .tag(OUTCOME, outcome)
                .register(registry);
    }

    /// @param size how many operations the call carries
    <T> T time(int size, Supplier<T> call) {
        operations.record(size);
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
