package io.holdfast.balancing.spring;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
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
        Upstream upstream = new Upstream(
                name,
                Strategy.named(service.strategy()),
                UpstreamRules.of(service.retry().rule()),
                listener);
        upstream.discovered(service.instances());
        return upstream;
    }

    public Optional<Upstream> find(String service) {
        return Optional.ofNullable(upstreams.get(service));
    }

    public Collection<Upstream> all() {
        return upstreams.values();
    }
}
