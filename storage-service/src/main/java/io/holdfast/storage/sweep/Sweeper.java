package io.holdfast.storage.sweep;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sweeps all partitions, and completes drops that somebody began and abandoned. It outlives every
/// failure, and says once that sweeping fails and once that it works again.
final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

    private final Partitions partitions;
    private final Sweep sweep;
    private final Attempts attempts;
    private final Namespaces namespaces;
    private final SweepProperties properties;
    private final Clock clock;
    private final Counter swept;
    private final Counter failures;
    private boolean failing; // guarded by run() being called by one thread at a time

    Sweeper(
            Partitions partitions,
            Sweep sweep,
            Attempts attempts,
            Namespaces namespaces,
            SweepProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.partitions = partitions;
        this.sweep = sweep;
        this.attempts = attempts;
        this.namespaces = namespaces;
        this.properties = properties;
        this.clock = clock;
        this.swept = Counter.builder("holdfast.storage.swept")
                .description("Records taken out because they expired or their namespace was dropped")
                .register(meters);
        this.failures = Counter.builder("holdfast.storage.sweep.failures")
                .description("Sweeps that could not be finished")
                .register(meters);
    }

    /// Sweeps once and says how that went. Called by one thread at a time.
    void run() {
        try {
            sweep();
            report(null);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void report(@Nullable RuntimeException failure) {
        if (failure != null) {
            failures.increment();
            if (!failing) {
                log.warn("Sweeping fails; it is tried again every {}", properties.interval(), failure);
            }
        } else if (failing) {
            log.info("Sweeping works again");
        }
        failing = failure != null;
    }

    /// One sweep of all partitions.
    void sweep() {
        Deadline deadline = Deadline.in(LONGEST_SWEEP);
        List<Partition> open = partitions.all();
        for (int step = 0; step < properties.stepsPerSweep() && !open.isEmpty(); step++) {
            List<Sweep.Step> steps = attempts.all(deadline, open, sweep::step);
            List<Partition> more = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                swept.increment((double) steps.get(i).records());
                steps.get(i).drops().forEach((namespace, epoch) -> completeAbandoned(namespace, epoch, deadline));
                if (steps.get(i).more()) {
                    more.add(open.get(i));
                }
            }
            open = more;
        }
    }

    private void completeAbandoned(Namespace namespace, long epochMicros, Deadline deadline) {
        long ageMillis =
                clock.millis() - Duration.of(epochMicros, ChronoUnit.MICROS).toMillis();
        if (ageMillis < properties.abandonedAfter().toMillis()) {
            return;
        }
        log.info("Completing the deletion of '{}' that was left unfinished", namespace.qualifiedName());
        try {
            namespaces.completeDrop(namespace, epochMicros, deadline);
        } catch (ProblemException e) {
            log.warn("The deletion of '{}' could not be completed yet: {}", namespace.qualifiedName(), e.detail());
        }
    }
}
