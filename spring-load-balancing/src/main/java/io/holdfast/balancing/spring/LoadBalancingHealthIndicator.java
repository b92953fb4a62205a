package io.holdfast.balancing.spring;

import io.holdfast.balancing.InstanceState;
import io.holdfast.balancing.InstanceView;
import io.holdfast.balancing.Upstream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Up while every service has an instance that is ready. It reports what the probes found and asks
/// nobody itself.
public final class LoadBalancingHealthIndicator extends AbstractHealthIndicator {
    private final Collection<Upstream> upstreams;

    public LoadBalancingHealthIndicator(Collection<Upstream> upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (Upstream upstream : upstreams) {
            if (!upstream.healthy()) {
                builder.down();
            }
            builder.withDetail(upstream.service(), states(upstream));
        }
    }

    private static Map<String, String> states(Upstream upstream) {
        Map<String, String> states = new LinkedHashMap<>();
        for (InstanceView view : upstream.views()) {
            states.put(view.id(), view.state() == InstanceState.HEALTHY ? "healthy" : view.state() + ": " + view.why());
        }
        return states;
    }
}
