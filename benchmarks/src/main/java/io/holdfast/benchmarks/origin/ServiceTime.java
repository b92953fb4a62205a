package io.holdfast.benchmarks.origin;

import io.holdfast.benchmarks.Durations;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long an origin works on a request.
public sealed interface ServiceTime {
    long nextNanos(RandomGenerator random);

    /// Always the same.
    record Fixed(Duration time) implements ServiceTime {
        @Override
        public long nextNanos(RandomGenerator random) {
            return time.toNanos();
        }

        @Override
        public String toString() {
            return "fixed:" + Durations.format(time);
        }
    }

    /// Memoryless, as in the M/M/c model of queueing.
    record Exponential(Duration mean) implements ServiceTime {
        @Override
        public long nextNanos(RandomGenerator random) {
            return (long) (mean.toNanos() * random.nextExponential());
        }

        @Override
        public String toString() {
            return "exponential:" + Durations.format(mean);
        }
    }

    /// Most requests near the median, few far above: what measured services look like.
    ///
    /// @param sigma standard deviation of the logarithm; the 99th percentile is `exp(2.33 × sigma)` times
    ///     the median
    record LogNormal(Duration median, double sigma) implements ServiceTime {
        @Override
        public long nextNanos(RandomGenerator random) {
            return (long) (median.toNanos() * Math.exp(sigma * random.nextGaussian()));
        }

        @Override
        public String toString() {
            return "lognormal:" + Durations.format(median) + ":" + sigma;
        }
    }

    /// Reads `fixed:5ms`, `exponential:5ms` (the mean) or `lognormal:5ms:0.5` (median and sigma).
    ///
    /// @throws IllegalArgumentException says what is wrong
    static ServiceTime parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts[0] + "/" + parts.length) {
            case "fixed/2" -> new Fixed(Durations.parse(parts[1]));
            case "exponential/2" -> new Exponential(Durations.parse(parts[1]));
            case "lognormal/3" -> new LogNormal(Durations.parse(parts[1]), sigma(parts[2]));
            default ->
                throw new IllegalArgumentException(
                        "'%s' is no service time. Use fixed:5ms, exponential:5ms or lognormal:5ms:0.5."
                                .formatted(text));
        };
    }

    private static double sigma(String text) {
        double sigma = Double.parseDouble(text);
        if (!(sigma >= 0 && sigma <= 5)) {
            throw new IllegalArgumentException("sigma is %s, but must be from 0 to 5.".formatted(text));
        }
        return sigma;
    }
}
