package io.holdfast.balancing;

import io.holdfast.balancing.retry.Hedging;
import io.holdfast.balancing.retry.RetryBudget;
import io.holdfast.balancing.signal.LoadReport;
import io.holdfast.balancing.strategy.Balancer;
import io.holdfast.balancing.strategy.Draw;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A service as its callers see it: its instances, which of them can be used, and the strategy.
/// Thread-safe.
///
/// Picks read a [Pool], made anew when something changes and never altered: they take no lock. Time
/// passes for ejections, slow starts and reports with [#tick()]: requests and probes call it every
/// 100 ms at most, and others may.
public final class Upstream {
    /// How many picks can be explained at once.
    public static final int MOST_REHEARSED = 1000;

    private static final Duration UNLIMITED = Duration.ofDays(1);

    private final String service;
    private final UpstreamRules rules;
    private final LongSupplier clock;
    private final RandomGenerator random;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final RetryBudget retryBudget;
    private final Hedging hedging;
    private final Roster roster;
    private final Outcomes outcomes;

    /// Hears what becomes of the instances. Called outside of any lock, on the threads of requests: it
    /// must not block.
    @FunctionalInterface
    public interface Listener {
        /// The state of an instance changed.
        void turned(String service, Instance instance);

        /// An instance was discovered.
        default void joined(String service, Instance instance) {}

        /// An instance was not discovered any more. Requests that it has may go on.
        default void left(String service, Instance instance) {}
    }

    public Upstream(String service, Strategy strategy, UpstreamRules rules, Listener listener) {
        this(service, strategy, rules, listener, System::nanoTime, Draw.LOCAL);
    }

    /// @param clock as [System#nanoTime()]
    public Upstream(
            String service,
            Strategy strategy,
            UpstreamRules rules,
            Listener listener,
            LongSupplier clock,
            RandomGenerator random) {
        this.service = service;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
        retryBudget = new RetryBudget(rules.budget(), clock.getAsLong());
        hedging = new Hedging(rules.hedging(), clock.getAsLong());
        Pool empty = Pool.of(strategy, strategy.newBalancer(inFlight, clock, random), List.of(), false);
        roster = new Roster(service, rules, listener, clock, inFlight, hedging::observed, empty);
        outcomes = new Outcomes(roster, clock, rules.ejection().consecutiveFailures());
    }

    public String service() {
        return service;
    }

    public UpstreamRules rules() {
        return rules;
    }

    public Strategy strategy() {
        return pool().strategy();
    }

    /// Uses another strategy from the next pick on. What is known of the instances stays.
    public void switchTo(Strategy next) {
        roster.replacePool(pool -> next == pool.strategy()
                ? pool
                : Pool.of(next, next.newBalancer(inFlight, clock, random), pool.instances(), pool.panic()));
    }

    /// Takes what discovery found, each with the weight 1.
    ///
    /// @see #discovered(Map)
    public void discovered(Collection<URI> uris) {
        Map<URI, Double> weights = new LinkedHashMap<>();
        uris.forEach(uri -> weights.put(uri, 1.0));
        discovered(weights);
    }

    /// Takes what discovery found. Instances that stay keep their state; one that is gone is not
    /// picked from now on. An empty answer changes nothing: it is more often a failure of discovery
    /// than the end of a service.
    ///
    /// @throws IllegalArgumentException where a weight is not a finite number above 0
    public void discovered(Map<URI, Double> weights) {
        weights.forEach(Weights::check);
        if (!weights.isEmpty()) {
            roster.become(weights);
        }
    }

    /// All instances.
    public List<Instance> members() {
        return roster.members();
    }

    /// The instances to pick from: those that are healthy, not draining and not ejected. Where few
    /// are left, the ejected ones, too; where none is, all, because a request that may fail is
    /// better than one that does.
    public List<Instance> live() {
        return pool().instances();
    }

    /// Whether an instance is known to be ready.
    public boolean healthy() {
        return members().stream().anyMatch(Instance::healthy);
    }

    /// Whether instances are used that should not be, because too few others are left.
    public boolean panicking() {
        return pool().panic();
    }

    /// All instances as they are at this moment.
    public List<InstanceView> views() {
        return roster.views();
    }

    /// What the next picks would be, made on copies, if all of these requests began now.
    ///
    /// @param picks at most [#MOST_REHEARSED]
    public Explanation explain(Strategy strategy, int picks) {
        if (picks < 0 || picks > MOST_REHEARSED) {
            throw new IllegalArgumentException(
                    "%d picks cannot be explained. Ask for 0 to %d.".formatted(picks, MOST_REHEARSED));
        }
        Pool current = pool();
        if (current.instances().isEmpty()) {
            return new Explanation(service, strategy, List.of(), List.of());
        }
        AtomicInteger copied = new AtomicInteger();
        Balancer balancer = strategy == current.strategy()
                ? current.balancer().fork(copied)
                : strategy.newBalancer(copied, clock, random);
        return Rehearsal.of(service, strategy, current.instances(), balancer, copied, nanoTime())
                .explain(picks);
    }

    /// Picks without counting anything.
    ///
    /// @throws IllegalStateException where there is no instance
    public Instance pick(RequestKey key) {
        Instance picked = pool().pick(key);
        if (picked == null) {
            throw new IllegalStateException("No instance of " + service + " is known");
        }
        return picked;
    }

    /// Begins a request of a caller that makes a single attempt, at an instance that it picked.
    public Attempt begin(Instance instance) {
        return new Attempt(this, instance, UNLIMITED, null, false);
    }

    /// Begins a request.
    ///
    /// @param repeatable whether executing it twice does no harm
    /// @param deadlineNanos when its caller gives up, in terms of [System#nanoTime()]
    public Attempts attempts(RequestKey key, boolean repeatable, long deadlineNanos) {
        return attempts(rules.retry(), key, repeatable, deadlineNanos);
    }

    /// Begins a request with a rule of its own.
    public Attempts attempts(RetryRule rule, RequestKey key, boolean repeatable, long deadlineNanos) {
        long now = nanoTime();
        roster.tickWhenDue(now);
        retryBudget.deposit(now);
        hedging.deposit(now);
        return new Attempts(this, rule, key, repeatable, deadlineNanos);
    }

    /// A probe that began at `probeStartNanos` succeeded.
    public void ready(Instance instance, long probeStartNanos) {
        roster.tickWhenDue(nanoTime());
        roster.change(instance, () -> instance.ready(probeStartNanos));
    }

    /// A probe failed.
    public void unready(Instance instance, String why) {
        roster.change(instance, () -> instance.unready(why));
    }

    /// An instance said that it is stopping. It is not picked any more until a probe succeeds that
    /// begins after this, or it is gone.
    public void draining(Instance instance) {
        if (instance.state() != InstanceState.DRAINING) {
            roster.change(instance, () -> instance.drain(nanoTime()));
            instance.connections().leave();
        }
    }

    /// An instance reported its load.
    public void reported(Instance instance, LoadReport report) {
        instance.signals().report(report, nanoTime());
    }

    /// Lets time pass: ends ejections and slow starts, looks for outliers, and makes anew what is
    /// made from reports.
    public void tick() {
        roster.tick(nanoTime());
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    RandomGenerator random() {
        return random;
    }

    Pool pool() {
        return roster.pool();
    }

    Outcomes outcomes() {
        return outcomes;
    }

    int inFlight() {
        return inFlight.get();
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    Hedging hedging() {
        return hedging;
    }

    /// Begins the trial of an ejected instance, where one is due.
    @Nullable
    Instance beginTrial(boolean repeatable) {
        return roster.beginTrial(repeatable);
    }
}
