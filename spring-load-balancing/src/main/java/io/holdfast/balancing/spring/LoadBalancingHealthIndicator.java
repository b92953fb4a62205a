package io.holdfast.balancing.spring;

import io.holdfast.balancing.Health.Healthy;
import io.holdfast.balancing.Health.Unhealthy;
import io.holdfast.balancing.Instance;
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
        for (Instance instance : upstream.members()) {
            states.put(instance.id(), state(instance.health()));
        }
        return states;
    }

    private static String state(io.holdfast.balancing.Health health) {
        return switch (health) {
            case Healthy _ -> "healthy";
            case Unhealthy(String why) -> "unhealthy: " + why;
        };
    }
}
