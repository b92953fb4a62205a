package io.holdfast.balancing;

import io.holdfast.balancing.ejection.Conduct;
import io.holdfast.balancing.ejection.Ejection;
import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.signal.LoadReport;
import io.holdfast.balancing.signal.ReceivedReport;
import io.holdfast.balancing.signal.Signals;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One replica of a service. There is one object for as long as the replica is known, and what is
/// observed of it belongs to that object: equality is identity. Thread-safe: what is counted has no
/// lock, and what decides about its state is guarded by its roster's lock.
public final class Instance {
    private final URI uri;
    private final Signals signals;
    private final Conduct conduct = new Conduct();
    private final Connections connections = new Connections();
    private final Ejection ejection;
    private final Map<Failure, LongAdder> failures = new EnumMap<>(Failure.class);
    private volatile Health health = Health.UNKNOWN;
    private volatile InstanceState state = InstanceState.UNHEALTHY;
    private volatile long newSinceNanos;
    private boolean draining;
    private boolean trusted;
    private boolean told;
    private long lastUnreachableNanos;
    private long drainingSinceNanos;
    private long rampStartNanos;

    Instance(URI uri, EjectionRule rule, AtomicInteger poolInFlight, long nowNanos) {
        this.uri = uri;
        this.signals = new Signals(uri.getAuthority(), poolInFlight);
        this.ejection = new Ejection(rule);
        this.lastUnreachableNanos = nowNanos;
        this.newSinceNanos = nowNanos;
        for (Failure failure : Failure.values()) {
            failures.put(failure, new LongAdder());
        }
    }

    /// Scheme, host and port: `http://127.0.0.1:8081`.
    public URI uri() {
        return uri;
    }

    /// Its name in logs, metrics and health: host and port.
    public String id() {
        return uri.getAuthority();
    }

    /// What the probes say.
    public Health health() {
        return health;
    }

    public boolean healthy() {
        return health instanceof Health.Healthy;
    }

    public InstanceState state() {
        return state;
    }

    /// What is counted and reported of it.
    public Signals signals() {
        return signals;
    }

    /// How many attempts ended like this so far.
    public long failures(Failure failure) {
        return counter(failure).sum();
    }

    /// How many attempts failed so far.
    public long failures() {
        return failures.values().stream().mapToLong(LongAdder::sum).sum();
    }

    void count(Failure failure) {
        counter(failure).increment();
    }

    private LongAdder counter(Failure failure) {
        return Objects.requireNonNull(failures.get(failure));
    }

    Conduct conduct() {
        return conduct;
    }

    Connections connections() {
        return connections;
    }

    Ejection ejection() {
        return ejection;
    }

    /// It is one of those that were there from the beginning, so it needs no slow start when it is
    /// first found healthy.
    void trust() {
        trusted = true;
    }

    /// A connection failed.
    void unreachable(String why, long nowNanos) {
        lastUnreachableNanos = nowNanos;
        draining = false;
        health = new Health.Unhealthy(why);
    }

    /// A probe failed.
    void unready(String why) {
        health = new Health.Unhealthy(why);
    }

    /// A probe succeeded. One that began before a connection failed, or before the instance said
    /// that it is stopping, says nothing about what came after it.
    void ready(long probeStartNanos) {
        if (probeStartNanos - lastUnreachableNanos < 0 || (draining && probeStartNanos - drainingSinceNanos < 0)) {
            return;
        }
        if (known() && !healthy()) {
            startAnew(probeStartNanos);
            ejection.recovered(probeStartNanos);
        }
        draining = false;
        connections.stay();
        health = Health.HEALTHY;
    }

    /// It is another process now, or has proved itself: what was slow or failed before says nothing any more.
    void startAnew(long nowNanos) {
        newSinceNanos = nowNanos;
        signals.forget();
        conduct.forget();
    }

    /// Whether a request that began then met the instance as it was before it started anew.
    boolean newerThan(long startNanos) {
        return startNanos - newSinceNanos < 0;
    }

    void drain(long nowNanos) {
        draining = true;
        drainingSinceNanos = nowNanos;
    }

    /// Whether `health` is more than an assumption.
    private boolean known() {
        return !health.equals(Health.UNKNOWN);
    }

    /// Draws the conclusion from all that is known. Returns whether its state is news.
    boolean settle(long nowNanos, long slowStartNanos) {
        InstanceState next = draining
                ? InstanceState.DRAINING
                : !healthy()
                        ? InstanceState.UNHEALTHY
                        : ejection.out() ? InstanceState.EJECTED : ramp(nowNanos, slowStartNanos);
        boolean news = next != state || (known() && !told);
        told |= known();
        state = next;
        return news;
    }

    private InstanceState ramp(long nowNanos, long slowStartNanos) {
        if (!state.usable()) {
            rampStartNanos = trusted ? nowNanos - slowStartNanos : nowNanos;
            trusted = false;
        }
        SlowStart ramp = new SlowStart(rampStartNanos, slowStartNanos);
        signals.ramp(ramp.share(nowNanos));
        return ramp.over(nowNanos) ? InstanceState.HEALTHY : InstanceState.SLOW_START;
    }

    /// The reason of its state, for people.
    public String why() {
        return switch (state) {
            case HEALTHY -> "ready";
            case SLOW_START -> "takes %.0f %% of its share so far".formatted(signals.ramp() * 100);
            case DRAINING -> "said that it is stopping";
            case EJECTED -> ejection.why();
            case UNHEALTHY -> health instanceof Health.Unhealthy(String why) ? why : "";
        };
    }

    InstanceView view(long nowNanos) {
        ReceivedReport received = signals.report();
        LoadReport report = received != null && received.fresh(nowNanos) ? received.report() : null;
        return new InstanceView(
                id(),
                uri,
                state,
                signals.configuredWeight(),
                signals.inFlight(),
                signals.connections(),
                signals.latencyNanos() > 0 ? signals.latencyNanos() / 1e6 : null,
                report == null ? null : report.cpu(),
                report == null ? null : report.memory(),
                signals.requests(),
                failures(),
                ejectedUntil(nowNanos),
                why());
    }

    private @Nullable Instant ejectedUntil(long nowNanos) {
        return ejection.out() ? Instant.now().plusNanos(ejection.untilNanos() - nowNanos) : null;
    }

    @Override
    public String toString() {
        return id();
    }
}
