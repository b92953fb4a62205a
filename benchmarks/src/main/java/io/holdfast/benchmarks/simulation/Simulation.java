package io.holdfast.benchmarks.simulation;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.UpstreamRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/// One strategy in one situation: gateways that know nothing of each other, over the same instances.
///
/// @param warmUp simulated time that is not counted
/// @param duration simulated time that is
record Simulation(
        Situation situation,
        Strategy strategy,
        UpstreamRules rules,
        int instances,
        int gateways,
        Pauses pauses,
        Duration warmUp,
        Duration duration,
        long seed) {

    /// @param share of the attempts, in percent
    /// @param utilisation of their slots, in percent: the least and the most used instance's
    record Share(String kind, int instances, double share, double leastUtilised, double mostUtilised) {}

    /// Latencies are of successes, in milliseconds.
    record Outcome(
            long requests,
            long failed,
            double attemptsPerRequest,
            double mean,
            double p50,
            double p99,
            double p999,
            List<Share> shares) {}

    Outcome run() {
        SplittableRandom random = new SplittableRandom(seed);
        Timeline timeline = new Timeline();
        List<Kind> kinds = situation.kinds(instances);
        List<SimulatedInstance> servers = kinds.stream()
                .map(kind -> new SimulatedInstance(kind, timeline, random.split()))
                .toList();
        double rate = situation.rate(kinds) / gateways;
        List<SimulatedGateway> clients = new ArrayList<>();
        for (int i = 0; i < gateways; i++) {
            clients.add(new SimulatedGateway(timeline, strategy, rules, servers, rate, pauses, random.split()));
        }
        clients.forEach(SimulatedGateway::start);
        timeline.runUntil(warmUp.toNanos());
        servers.forEach(SimulatedInstance::startMeasuring);
        clients.forEach(SimulatedGateway::startMeasuring);
        timeline.runUntil(warmUp.plus(duration).toNanos());
        List<Share> shares = shares(servers);
        clients.forEach(SimulatedGateway::stopMeasuring);
        // Until each counted request has ended: those that never do would be missing otherwise.
        timeline.runUntil(timeline.now() + SimulatedGateway.DEADLINE_NANOS + 1);
        return outcome(shares, clients);
    }

    private static Outcome outcome(List<Share> shares, List<SimulatedGateway> clients) {
        Histogram latency = new Histogram(clients.getFirst().latency());
        clients.forEach(client -> latency.add(client.latency()));
        long requests = clients.stream().mapToLong(SimulatedGateway::requests).sum();
        long attempts = clients.stream().mapToLong(SimulatedGateway::attempts).sum();
        return new Outcome(
                requests,
                clients.stream().mapToLong(SimulatedGateway::failed).sum(),
                (double) attempts / requests,
                latency.getMean() / 1e6,
                latency.getValueAtPercentile(50) / 1e6,
                latency.getValueAtPercentile(99) / 1e6,
                latency.getValueAtPercentile(99.9) / 1e6,
                shares);
    }

    private static List<Share> shares(List<SimulatedInstance> servers) {
        double all =
                servers.stream().mapToLong(SimulatedInstance::measuredRequests).sum();
        List<Share> shares = new ArrayList<>();
        for (Kind kind : new LinkedHashSet<>(
                servers.stream().map(SimulatedInstance::kind).toList())) {
            List<SimulatedInstance> those = servers.stream()
                    .filter(server -> server.kind().equals(kind))
                    .toList();
            long requests = those.stream()
                    .mapToLong(SimulatedInstance::measuredRequests)
                    .sum();
            double[] utilisations = those.stream()
                    .mapToDouble(SimulatedInstance::utilisation)
                    .sorted()
                    .toArray();
            shares.add(new Share(
                    kind.name(),
                    those.size(),
                    100 * requests / all,
                    100 * utilisations[0],
                    100 * utilisations[utilisations.length - 1]));
        }
        return List.copyOf(shares);
    }
}
