package io.holdfast.balancing;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// A service as its callers see it: its instances, which of them can be used, and the strategy.
/// Thread-safe.
///
/// Whoever reads [#live()] gets a snapshot, made anew when something changes and never altered: a
/// pick takes no lock.
public final class Upstream {
    private final String service;
    private final Balancer balancer;
    private final RetryRule retryRule;
    private final Listener listener;
    private volatile List<Instance> members = List.of();
    private volatile List<Instance> live = List.of();

    /// Hears when an instance becomes healthy or unhealthy.
    @FunctionalInterface
    public interface Listener {
        void turned(String service, Instance instance);
    }

    public Upstream(String service, Balancer balancer, RetryRule retryRule, Listener listener) {
        this.service = service;
        this.balancer = balancer;
        this.retryRule = retryRule;
        this.listener = listener;
    }

    public String service() {
        return service;
    }

    public RetryRule retryRule() {
        return retryRule;
    }

    Balancer balancer() {
        return balancer;
    }

    /// Takes what discovery found. Instances that stay keep their state. An empty answer changes
    /// nothing: it is more often a failure of discovery than the end of a service.
    public synchronized void discovered(Collection<URI> uris) {
        if (uris.isEmpty()) {
            return;
        }
        List<Instance> found = new ArrayList<>();
        for (URI uri : new LinkedHashSet<>(uris)) {
            found.add(known(uri));
        }
        members = List.copyOf(found);
        refresh();
    }

    private Instance known(URI uri) {
        for (Instance member : members) {
            if (member.uri().equals(uri)) {
                return member;
            }
        }
        return new Instance(uri);
    }

    /// All instances.
    public List<Instance> members() {
        return members;
    }

    /// The instances to pick from: the healthy ones, or all where none is, because a request that
    /// may fail is better than one that does.
    public List<Instance> live() {
        return live;
    }

    /// Whether an instance is known to be ready.
    public boolean healthy() {
        List<Instance> snapshot = live;
        return !snapshot.isEmpty() && snapshot.getFirst().healthy();
    }

    /// Picks for a caller that makes a single attempt.
    ///
    /// @throws IllegalStateException where there is no instance
    public Instance pick(RequestKey key) {
        List<Instance> snapshot = live;
        if (snapshot.isEmpty()) {
            throw new IllegalStateException("No instance of " + service + " is known");
        }
        return balancer.pick(snapshot, key);
    }

    /// Begins a request.
    ///
    /// @param repeatable whether executing it twice does no harm
    /// @param deadlineNanos when its caller gives up, in terms of [System#nanoTime()]
    public Attempts attempts(RequestKey key, boolean repeatable, long deadlineNanos) {
        return new Attempts(this, key, repeatable, deadlineNanos, System::nanoTime);
    }

    void failed(Instance instance, Failure failure, String why) {
        instance.count(failure);
        if (failure == Failure.UNREACHABLE && instance.unreachable(why)) {
            turned(instance);
        }
    }

    /// A probe that began at `probeStartNanos` succeeded.
    public void ready(Instance instance, long probeStartNanos) {
        if (instance.ready(probeStartNanos)) {
            turned(instance);
        }
    }

    /// A probe failed.
    public void unready(Instance instance, String why) {
        if (instance.unready(why)) {
            turned(instance);
        }
    }

    private void turned(Instance instance) {
        refresh();
        listener.turned(service, instance);
    }

    private synchronized void refresh() {
        List<Instance> healthy = members.stream().filter(Instance::healthy).toList();
        live = healthy.isEmpty() ? members : healthy;
    }
}
