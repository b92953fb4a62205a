package io.holdfast.balancing;

import io.holdfast.balancing.strategy.Balancer;
import io.holdfast.balancing.strategy.ConsistentHash;
import io.holdfast.balancing.strategy.EqualRandom;
import io.holdfast.balancing.strategy.HotCold;
import io.holdfast.balancing.strategy.LeastConnections;
import io.holdfast.balancing.strategy.PeakEwma;
import io.holdfast.balancing.strategy.Performance;
import io.holdfast.balancing.strategy.RoundRobin;
import io.holdfast.balancing.strategy.WeightedRandom;
import io.holdfast.balancing.strategy.WeightedRoundRobin;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The strategies, under the names that configuration uses.
public enum Strategy {
    ROUND_ROBIN,
    WEIGHTED_ROUND_ROBIN,
    RANDOM,
    WEIGHTED_RANDOM,
    LEAST_CONNECTIONS,
    PERFORMANCE,
    PEAK_EWMA,
    HOT_COLD,
    CONSISTENT_HASH;

    /// What a service is balanced by that is configured without a strategy: the one that takes the
    /// traffic from a slow instance with its first slow answer, and needs no reports and no weights.
    public static final Strategy DEFAULT = PEAK_EWMA;

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
            case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobin();
            case RANDOM -> new EqualRandom(random);
            case WEIGHTED_RANDOM -> new WeightedRandom(random);
            case LEAST_CONNECTIONS -> new LeastConnections(clock, random);
            case PERFORMANCE -> new Performance(clock);
            case PEAK_EWMA -> new PeakEwma(clock, random);
            case HOT_COLD -> new HotCold(clock, random);
            case CONSISTENT_HASH -> new ConsistentHash(inFlight, random);
        };
    }

    /// As in configuration: `round-robin`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
