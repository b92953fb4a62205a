package io.holdfast.balancing.spring;

import io.holdfast.balancing.spring.discovery.Discoveries;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Says how finding instances goes. It is always up: whether there are instances is for others to
/// say, and those that were found last stay in use.
final class DiscoveryHealthIndicator extends AbstractHealthIndicator {
    private final Discoveries discoveries;

    DiscoveryHealthIndicator(Discoveries discoveries) {
        this.discoveries = discoveries;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        discoveries.all().forEach(discovery -> builder.withDetail(discovery.service(), discovery.state()));
    }
}
