package io.holdfast.balancing.spring;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Upstream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// When each instance is to be probed next: an interval after its last probe began, give or take a
/// tenth, so that callers that started together do not go on together. One that is not known to be
/// healthy is probed four times as often, so that it is used as soon as it can be. Thread-safe.
final class ProbeTimes {
    private static final int UNHEALTHY_PROBES_PER_INTERVAL = 4;

    private final long intervalNanos;
    private final Supplier<? extends RandomGenerator> random;
    private final Map<Instance, Time> times = new ConcurrentHashMap<>();

    /// @param dueNanos meaningless while a probe is under way
    private record Time(boolean underWay, long startNanos, long dueNanos) {}

    ProbeTimes(long intervalNanos, Supplier<? extends RandomGenerator> random) {
        this.intervalNanos = intervalNanos;
        this.random = random;
    }

    /// Whether the instance is to be probed now; if so, [#done] has to follow.
    boolean take(Instance instance, long now) {
        Time time = times.get(instance);
        if (time != null && (time.underWay() || now - time.dueNanos() < 0)) {
            return false;
        }
        times.put(instance, new Time(true, now, now));
        return true;
    }

    void done(Instance instance) {
        long pause = instance.healthy() ? intervalNanos : intervalNanos / UNHEALTHY_PROBES_PER_INTERVAL;
        long tenth = pause / 10;
        long jitter = tenth == 0 ? 0 : random.get().nextLong(-tenth, tenth);
        times.computeIfPresent(
                instance, (_, time) -> new Time(false, time.startNanos(), time.startNanos() + pause + jitter));
    }

    /// Forgets instances that are gone.
    void retain(Collection<Upstream> upstreams) {
        Set<Instance> members = upstreams.stream()
                .flatMap(upstream -> upstream.members().stream())
                .collect(Collectors.toUnmodifiableSet());
        times.keySet().retainAll(members);
    }
}
