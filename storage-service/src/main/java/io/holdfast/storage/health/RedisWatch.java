package io.holdfast.storage.health;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.layout.Layout;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempted;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.RedisFault;
import io.holdfast.storage.redis.Refusals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every partition whether it answers, in the background, so that a probe of this service costs
/// nothing and never waits. It says once that something is wrong and once that it is well again.
final class RedisWatch {
    private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);

    /// @param reachable of how many partitions the data can be reached
    /// @param reason what is wrong, or null
    record State(int reachable, int partitions, @Nullable String reason) {
        /// Whether there is anything the service can do.
        boolean useful() {
            return reachable > 0;
        }
    }

    private final Partitions partitions;
    private final Redis redis;
    private final Attempts attempts;
    private final Layout layout;
    private final Refusals refusals;
    private final HealthProperties properties;
    private volatile State state; // written by look()
    private @Nullable String refusal; // of look() alone

    RedisWatch(
            Partitions partitions,
            Redis redis,
            Attempts attempts,
            Layout layout,
            Refusals refusals,
            HealthProperties properties,
            MeterRegistry meters) {
        this.partitions = partitions;
        this.redis = redis;
        this.attempts = attempts;
        this.layout = layout;
        this.refusals = refusals;
        this.properties = properties;
        this.state = new State(0, partitions.all().size(), "Redis has not been asked yet");
        Gauge.builder("holdfast.storage.partitions.reachable", this, watch -> watch.state.reachable())
                .description("Partitions whose data can be reached")
                .register(meters);
        Gauge.builder(
                        "holdfast.storage.partitions",
                        partitions,
                        all -> all.all().size())
                .description("Partitions there are")
                .register(meters);
    }

    State state() {
        return state;
    }

    /// Asks once and notes the answer. Called by one thread at a time.
    void look() {
        State now = ask();
        report(state, now);
        state = now;
        reportRefusals();
    }

    private void reportRefusals() {
        String now = refusals.reason(properties.refusals()).orElse(null);
        if (now == null && refusal != null) {
            log.info(
                    "Redis has refused no write for {} s", properties.refusals().toSeconds());
        } else if (now != null && !now.equals(refusal)) {
            log.warn("Redis refuses writes: {}", now);
        }
        refusal = now;
    }

    private static void report(State before, State now) {
        if (now.reason() == null && before.reason() != null) {
            log.info("All {} partitions can be reached", now.partitions());
        } else if (now.reason() != null && !now.reason().equals(before.reason())) {
            log.warn("{} of {} partitions can be reached: {}", now.reachable(), now.partitions(), now.reason());
        }
    }

    /// Asks all partitions once.
    private State ask() {
        Deadline deadline = Deadline.in(properties.timeout());
        int all = partitions.all().size();
        try {
            layout.verify(deadline);
            List<Attempted<Long>> answers = attempts.each(deadline, partitions.all(), this::ask);
            int reachable = (int)
                    answers.stream().filter(Attempted.Done.class::isInstance).count();
            return new State(reachable, all, reachable == 0 ? connecting(reason(answers)) : reason(answers));
        } catch (ProblemException e) {
            return new State(0, all, connecting(e.detail()));
        } catch (RuntimeException e) {
            log.debug("Redis cannot be asked", e);
            return new State(0, all, e.toString());
        }
    }

    /// A connection that was lost does not tell why it cannot be restored; a new one does.
    private @Nullable String connecting(@Nullable String reason) {
        return redis.trouble().map(RedisFault::detail).orElse(reason);
    }

    private CompletionStage<Long> ask(Partition partition) {
        return redis.commands().exists(partition.clock());
    }

    private static @Nullable String reason(List<Attempted<Long>> answers) {
        for (Attempted<Long> answer : answers) {
            if (answer instanceof Attempted.Failed<Long>(var fault)) {
                return fault.detail();
            }
        }
        return null;
    }
}
