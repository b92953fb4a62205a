package io.holdfast.balancing;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The strategies, under the names that configuration uses.
public enum Strategy {
    ROUND_ROBIN("round-robin");

    private final String configuredName;

    Strategy(String configuredName) {
        this.configuredName = configuredName;
    }

    /// @throws IllegalArgumentException names the strategies there are
    public static Strategy named(String name) {
        for (Strategy strategy : values()) {
            if (strategy.configuredName.equals(name)) {
                return strategy;
            }
        }
        String known = Arrays.stream(values()).map(Strategy::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "There is no load-balancing strategy '%s'. Use one of: %s.".formatted(name, known));
    }

    /// A balancer of its own: no state is shared between services.
    public Balancer newBalancer() {
        return switch (this) {
            case ROUND_ROBIN -> new RoundRobin();
        };
    }

    @Override
    public String toString() {
        return configuredName;
    }
}
