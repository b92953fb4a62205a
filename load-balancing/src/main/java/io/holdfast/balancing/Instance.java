package io.holdfast.balancing;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// One replica of a service. There is one object for as long as the replica is known, and what is
/// observed of it belongs to that object: equality is identity. Thread-safe.
public final class Instance {
    private final URI uri;
    private final Map<Failure, LongAdder> failures = new EnumMap<>(Failure.class);
    private volatile Health health = Health.UNKNOWN;
    private long lastUnreachableNanos = System.nanoTime();

    public Instance(URI uri) {
        this.uri = uri;
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

    public Health health() {
        return health;
    }

    public boolean healthy() {
        return health instanceof Health.Healthy;
    }

    /// How many attempts ended like this so far.
    public long failures(Failure failure) {
        return counter(failure).sum();
    }

    void count(Failure failure) {
        counter(failure).increment();
    }

    private LongAdder counter(Failure failure) {
        return Objects.requireNonNull(failures.get(failure));
    }

    /// A connection failed. Returns whether that is news.
    synchronized boolean unreachable(String why) {
        lastUnreachableNanos = System.nanoTime();
        return turn(new Health.Unhealthy(why));
    }

    /// A probe failed. Returns whether that is news.
    synchronized boolean unready(String why) {
        return turn(new Health.Unhealthy(why));
    }

    /// A probe succeeded. One that began before a connection failed says nothing about what came
    /// after it. Returns whether that is news.
    synchronized boolean ready(long probeStartNanos) {
        return probeStartNanos - lastUnreachableNanos >= 0 && turn(Health.HEALTHY);
    }

    private boolean turn(Health next) {
        Health previous = health;
        health = next;
        return previous.equals(Health.UNKNOWN) || previous instanceof Health.Healthy != next instanceof Health.Healthy;
    }

    @Override
    public String toString() {
        return id();
    }
}
