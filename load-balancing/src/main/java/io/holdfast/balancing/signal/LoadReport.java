package io.holdfast.balancing.signal;

import java.util.Map;
import java.util.stream.Collectors;

/// What an instance says of its own load, under the names of Open Request Cost Aggregation
/// (`xds.data.orca.v3.OrcaLoadReport`).
///
/// Every number comes from somebody else, so none is trusted: one that is not finite, negative or
/// larger than can be counts as not reported, which is 0. CPU and application utilisation may
/// exceed 1, as work waits; memory may not.
///
/// @param cpu utilisation; 0 where not reported
/// @param memory utilisation, up to 1; 0 where not reported
/// @param application a utilisation that the application defines; preferred to `cpu` where reported
/// @param rps requests a second
/// @param eps errors a second
/// @param named further numbers, at most [#MOST_NAMED]; ones that make no sense are left out
public record LoadReport(
        double cpu, double memory, double application, double rps, double eps, Map<String, Double> named) {
    public static final int MOST_NAMED = 32;

    /// The name of a reported number of requests that the instance has in progress, from all its
    /// callers.
    public static final String IN_FLIGHT = "in_flight";

    private static final double MOST_UTILISATION = 100;
    private static final double MOST_RATE = 1e9;

    public LoadReport {
        cpu = within(cpu, MOST_UTILISATION);
        memory = within(memory, 1);
        application = within(application, MOST_UTILISATION);
        rps = within(rps, MOST_RATE);
        eps = within(eps, MOST_RATE);
        named = sensible(named);
    }

    public static LoadReport of(double cpu, double memory, double rps, double eps) {
        return new LoadReport(cpu, memory, 0, rps, eps, Map.of());
    }

    /// What the weight is computed from: the application's own figure, else the processor's.
    public double utilisation() {
        return application > 0 ? application : cpu;
    }

    /// A named number, or 0.
    public double named(String name) {
        return named.getOrDefault(name, 0.0);
    }

    private static double within(double value, double most) {
        return value > 0 && value <= most ? value : 0; // false for NaN, too
    }

    private static Map<String, Double> sensible(Map<String, Double> named) {
        if (named.isEmpty()) {
            return Map.of();
        }
        return named.entrySet().stream()
                .filter(entry -> Double.isFinite(entry.getValue()))
                .limit(MOST_NAMED)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
