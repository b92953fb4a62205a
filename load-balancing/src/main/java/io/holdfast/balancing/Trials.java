package io.holdfast.balancing;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Holds one ejected instance ready for its trial: the next request takes it, whatever the strategy
/// says. For a second that is left to requests that can be repeated, as then nobody sees a failure.
final class Trials {
    private static final long FOR_REPEATABLE_NANOS = 1_000_000_000;

    private final LongSupplier clock;
    private final AtomicReference<@Nullable Instance> due = new AtomicReference<>();
    private volatile long dueSinceNanos;

    Trials(LongSupplier clock) {
        this.clock = clock;
    }

    void offer(List<Instance> members, long now) {
        Instance offered = due.get();
        if (offered != null && members.contains(offered) && ready(offered, now)) {
            return;
        }
        Instance next = members.stream()
                .filter(instance -> ready(instance, now))
                .findFirst()
                .orElse(null);
        dueSinceNanos = now;
        due.set(next);
    }

    private static boolean ready(Instance instance, long now) {
        return instance.state() == InstanceState.EJECTED && instance.ejection().trialDue(now);
    }

    @Nullable
    Instance take(boolean repeatable) {
        Instance next = due.get();
        if (next == null || (!repeatable && clock.getAsLong() - dueSinceNanos < FOR_REPEATABLE_NANOS)) {
            return null;
        }
        return due.compareAndSet(next, null) ? next : null;
    }
}
