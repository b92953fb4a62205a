package io.holdfast.balancing;

import io.holdfast.balancing.strategy.Balancer;
import io.holdfast.balancing.strategy.RoundRobin;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The strategies, under the names that configuration uses.
public enum Strategy {
    ROUND_ROBIN;

    /// What a service is balanced by that is configured without a strategy.
    public static final Strategy DEFAULT = ROUND_ROBIN;

    /// @throws IllegalArgumentException names the strategies there are
    public static Strategy named(String name) {
        for (Strategy strategy : values()) {
            if (strategy.toString().equals(name)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
                "There is no load-balancing strategy '%s'. Use one of: %s.".formatted(name, known()));
    }

    /// All names, for people.
    public static String known() {
        return Arrays.stream(values()).map(Strategy::toString).collect(Collectors.joining(", "));
    }

    /// A balancer of its own: no state is shared between services.
    ///
    /// @param inFlight counts the requests of its instances, all together
    Balancer newBalancer(AtomicInteger inFlight, LongSupplier clock, RandomGenerator random) {
        return switch (this) {
            case ROUND_ROBIN -> new RoundRobin();
        };
    }

    /// As in configuration: `round-robin`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
