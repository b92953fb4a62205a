package io.holdfast.balancing.spring;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The configured services that this one calls.
public final class Upstreams {
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();

    Upstreams(Map<String, LoadBalancingProperties.Service> services, Upstream.Listener listener) {
        services.forEach((name, service) -> upstreams.put(name, upstream(name, service, listener)));
    }

    private static Upstream upstream(String name, LoadBalancingProperties.Service service, Upstream.Listener listener) {
        Upstream upstream = new Upstream(name, Strategy.named(service.strategy()), rules(service), listener);
        upstream.discovered(service.instances());
        return upstream;
    }

    /// Ejection and slow start are off as long as they cannot be configured.
    private static UpstreamRules rules(LoadBalancingProperties.Service service) {
        EjectionRule usual = EjectionRule.DEFAULT;
        EjectionRule off = new EjectionRule(
                usual.consecutiveFailures(),
                usual.failureShare(),
                usual.timesSlower(),
                usual.stalled(),
                usual.minimumRequests(),
                usual.base(),
                usual.longest(),
                0,
                usual.panicBelow());
        return new UpstreamRules(service.retry().rule(), BudgetRule.DEFAULT, HedgingRule.DEFAULT, off, Duration.ZERO);
    }

    public Optional<Upstream> find(String service) {
        return Optional.ofNullable(upstreams.get(service));
    }

    public Collection<Upstream> all() {
        return upstreams.values();
    }
}
