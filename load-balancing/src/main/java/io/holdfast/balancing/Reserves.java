package io.holdfast.balancing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Instances that no strategy picks at the moment, for requests that failed elsewhere.
final class Reserves {
    private Reserves() {}

    /// One that was not tried, of the state that promises most; null where all were tried.
    static @Nullable Instance of(List<Instance> members, Collection<Instance> tried) {
        return members.stream()
                .filter(instance -> !tried.contains(instance))
                .min(Comparator.comparingInt(instance -> promise(instance.state())))
                .orElse(null);
    }

    private static int promise(InstanceState state) {
        return switch (state) {
            case HEALTHY, SLOW_START -> 0;
            case DRAINING -> 1;
            case EJECTED -> 2;
            case UNHEALTHY -> 3;
        };
    }
}
