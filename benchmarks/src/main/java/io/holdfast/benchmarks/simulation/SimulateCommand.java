package io.holdfast.benchmarks.simulation;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.benchmarks.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        description = "Simulates the strategies: the real classes, over instances and time that are not.",
        sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--instances", split = ",", description = "How many.", defaultValue = "3,30,1000")
    private List<Integer> instances = List.of();

    @Option(names = "--gateways", description = "That balance over them, each on its own.", defaultValue = "2")
    private int gateways;

    @Option(names = "--strategies", split = ",", description = "Default: all.")
    private List<String> strategies =
            Arrays.stream(Strategy.values()).map(Strategy::toString).toList();

    @Option(names = "--situations", split = ",", description = "healthy, slow, failing, unequal. Default: all.")
    private List<String> situations = List.of();

    @Option(names = "--without-ejection", description = "Leaves it all to the strategy.")
    private boolean withoutEjection;

    @Option(
            names = "--pause",
            description = "How long each gateway sees nothing that comes, as when its machine is busy.",
            defaultValue = "0s")
    private Duration pause = Duration.ZERO;

    @Option(names = "--pause-every", description = "From the beginning of one to the next.", defaultValue = "5s")
    private Duration pauseEvery = Duration.ZERO;

    @Option(names = "--warm-up", description = "Simulated time that is not counted.", defaultValue = "20s")
    private Duration warmUp = Duration.ZERO;

    @Option(names = "--duration", description = "Simulated time that is.", defaultValue = "40s")
    private Duration duration = Duration.ZERO;

    @Option(names = "--seed", description = "The same seed gives the same result.", defaultValue = "1")
    private long seed;

    @Override
    public Integer call() {
        Table table = new Table(
                "situation",
                "instances",
                "strategy",
                "mean ms",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "requests",
                "failed",
                "attempts",
                "share of traffic %",
                "utilisation %, least to most");
        Pauses pauses = new Pauses(pause, pauseEvery);
        for (int count : instances) {
            for (Situation situation : situations()) {
                for (String name : strategies) {
                    Simulation simulation = new Simulation(
                            situation, Strategy.named(name), rules(), count, gateways, pauses, warmUp, duration, seed);
                    add(table, simulation, simulation.run());
                }
            }
        }
        System.out.println(table);
        return 0;
    }

    /// The default ones, but that perhaps nobody is ejected: then the strategy alone has to cope.
    private UpstreamRules rules() {
        UpstreamRules rules = UpstreamRules.DEFAULT;
        EjectionRule ejection = rules.ejection();
        double mostEjected = withoutEjection ? 0 : ejection.mostEjected();
        return new UpstreamRules(
                rules.retry(),
                rules.budget(),
                rules.hedging(),
                new EjectionRule(
                        ejection.consecutiveFailures(),
                        ejection.failureShare(),
                        ejection.timesSlower(),
                        ejection.stalled(),
                        ejection.minimumRequests(),
                        ejection.base(),
                        ejection.longest(),
                        mostEjected,
                        ejection.mostSlow(),
                        ejection.mostPeerLoad(),
                        ejection.panicBelow()),
                rules.slowStart());
    }

    private List<Situation> situations() {
        return Arrays.stream(Situation.values())
                .filter(situation -> situations.isEmpty() || situations.contains(situation.toString()))
                .toList();
    }

    private static void add(Table table, Simulation simulation, Simulation.Outcome outcome) {
        table.row(
                simulation.situation(),
                simulation.instances(),
                simulation.strategy(),
                outcome.mean(),
                outcome.p50(),
                outcome.p99(),
                outcome.p999(),
                outcome.requests(),
                outcome.failed(),
                outcome.attemptsPerRequest(),
                outcome.shares().stream()
                        .map(share -> share.kind() + ": " + Table.format(share.share()))
                        .collect(Collectors.joining(", ")),
                outcome.shares().stream()
                        .map(share -> Table.format(share.leastUtilised()) + " to " + Table.format(share.mostUtilised()))
                        .collect(Collectors.joining(", ")));
    }
}
