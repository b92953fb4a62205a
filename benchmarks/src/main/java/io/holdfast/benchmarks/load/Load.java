package io.holdfast.benchmarks.load;

import java.time.Duration;

/// How much is asked, and how.
///
/// @param connections open at a time, at most
/// @param waiting requests that may wait for one of them; further ones count as failed
/// @param limit how long a request may take from its intended start
/// @param cancelledShare share of the requests that are given up
/// @param cancelWithin after which time at most, evenly distributed
/// @param seed of everything random
public record Load(
        double rate,
        Duration duration,
        boolean poisson,
        int connections,
        int waiting,
        Duration limit,
        double cancelledShare,
        Duration cancelWithin,
        long seed) {
    public Load {
        if (!(rate >= 0) || connections < 1 || waiting < 1 || !(cancelledShare >= 0 && cancelledShare <= 1)) {
            throw new IllegalArgumentException(
                    "rate must not be negative, connections and waiting at least 1, cancelledShare from 0 to 1");
        }
    }

    /// Requests in equal distances, over enough connections not to be what limits them.
    public static Load constant(double rate, Duration duration) {
        return new Load(rate, duration, false, 256, 10_000, Duration.ofSeconds(10), 0, Duration.ofMillis(1), 7);
    }

    public Load withPoisson(boolean poisson) {
        return new Load(rate, duration, poisson, connections, waiting, limit, cancelledShare, cancelWithin, seed);
    }

    public Load withConnections(int connections) {
        return new Load(rate, duration, poisson, connections, waiting, limit, cancelledShare, cancelWithin, seed);
    }
}
