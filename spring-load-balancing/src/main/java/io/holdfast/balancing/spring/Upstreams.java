package io.holdfast.balancing.spring;

import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.report.InstanceHeaders;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The configured services that this one calls.
public final class Upstreams {
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final InstanceHeaders headers = new InstanceHeaders();

    Upstreams(Map<String, LoadBalancingProperties.Service> services, Upstream.Listener listener) {
        services.forEach((name, service) -> {
            Upstream upstream = new Upstream(name, service.usedStrategy(), service.rules(), listener);
            upstream.discovered(service.weighted());
            upstreams.put(name, upstream);
        });
    }

    public Optional<Upstream> find(String service) {
        return Optional.ofNullable(upstreams.get(service));
    }

    public Collection<Upstream> all() {
        return upstreams.values();
    }

    /// Reads what instances say in the headers of their answers.
    public InstanceHeaders headers() {
        return headers;
    }
}
