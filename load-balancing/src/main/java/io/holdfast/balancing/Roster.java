package io.holdfast.balancing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The instances of a service, their states, and the [Pool] that is made anew when one changes. Its
/// lock guards what decides about states; readers of the volatile fields take none. Listeners are
/// called outside of the lock.
final class Roster {
    private static final long TICK_NANOS = 100_000_000;
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final String service;
    private final UpstreamRules rules;
    private final Upstream.Listener listener;
    private final LongSupplier clock;
    private final AtomicInteger inFlight;
    private final LongConsumer latencies;
    private final Ejections ejections;
    private final AtomicLong lastTickNanos;
    private volatile List<Instance> members = List.of();
    private volatile Pool pool;
    private long periodStartNanos;

    /// @param inFlight counts the requests at all instances
    /// @param latencies told, once a period, the latency that decides about hedging
    Roster(
            String service,
            UpstreamRules rules,
            Upstream.Listener listener,
            LongSupplier clock,
            AtomicInteger inFlight,
            LongConsumer latencies,
            Pool empty) {
        this.service = service;
        this.rules = rules;
        this.listener = listener;
        this.clock = clock;
        this.inFlight = inFlight;
        this.latencies = latencies;
        ejections = new Ejections(rules.ejection(), clock);
        pool = empty;
        periodStartNanos = clock.getAsLong();
        lastTickNanos = new AtomicLong(clock.getAsLong());
    }

    List<Instance> members() {
        return members;
    }

    Pool pool() {
        return pool;
    }

    synchronized void replacePool(UnaryOperator<Pool> replacement) {
        pool = replacement.apply(pool);
    }

    synchronized List<InstanceView> views() {
        long now = clock.getAsLong();
        return members.stream().map(instance -> instance.view(now)).toList();
    }

    /// Takes a list of instances that is not empty.
    void become(Map<URI, Double> weights) {
        List<Instance> before;
        List<Instance> after;
        synchronized (this) {
            before = members;
            after = Weights.apply(weights, this::known);
            members = after;
        }
        change(true, after, () -> {});
        after.stream().filter(each -> !before.contains(each)).forEach(each -> listener.joined(service, each));
        before.stream().filter(each -> !after.contains(each)).forEach(each -> {
            each.connections().leave();
            listener.left(service, each);
        });
    }

    private Instance known(URI uri) {
        for (Instance member : members) {
            if (member.uri().equals(uri)) {
                return member;
            }
        }
        Instance newcomer = new Instance(uri, rules.ejection(), inFlight, clock.getAsLong());
        if (members.isEmpty()) {
            newcomer.trust();
        }
        return newcomer;
    }

    void tickWhenDue(long now) {
        long last = lastTickNanos.get();
        if (now - last >= TICK_NANOS && lastTickNanos.compareAndSet(last, now)) {
            tick(now);
        }
    }

    void tick(long now) {
        boolean period;
        synchronized (this) {
            period = now - periodStartNanos >= PERIOD_NANOS;
            if (period) {
                periodStartNanos = now;
                ejections.endPeriod(members);
                latencies.accept(ejections.latencyNanos(rules.hedging().quantile()));
            }
        }
        change(period && pool.followsTime(), members, () -> ejections.detect(members, period, now));
    }

    /// Looks whether an instance that just failed is one to take out.
    void suspect(Instance instance, long now) {
        change(instance, () -> ejections.atOnce(instance, members, now));
    }

    /// Changes what is known of one instance.
    void change(Instance touched, Runnable change) {
        change(false, List.of(touched), change);
    }

    /// Changes what is known of instances and draws the conclusions: their states, and the pool.
    ///
    /// @param renew whether the pool is made anew even if no state changed
    /// @param touched whose state may change
    private void change(boolean renew, List<Instance> touched, Runnable change) {
        List<Instance> turned = new ArrayList<>();
        synchronized (this) {
            change.run();
            long now = clock.getAsLong();
            for (Instance instance : touched) {
                if (instance.settle(now, rules.slowStart().toNanos())) {
                    turned.add(instance);
                }
            }
            if (renew || !turned.isEmpty()) {
                pool = pool.with(Pool.Choice.of(members, rules.ejection().panicBelow()));
            }
        }
        turned.forEach(instance -> listener.turned(service, instance));
    }

    /// Begins the trial of an ejected instance, where one is due.
    @Nullable
    Instance beginTrial(boolean repeatable) {
        Instance due = ejections.takeTrial(repeatable);
        if (due == null) {
            return null;
        }
        synchronized (this) {
            boolean begun =
                    due.state() == InstanceState.EJECTED && due.ejection().beginTrial(clock.getAsLong());
            return begun ? due : null;
        }
    }
}
