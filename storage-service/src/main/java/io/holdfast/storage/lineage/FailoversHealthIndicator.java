package io.holdfast.storage.lineage;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Says why failovers cannot be looked for. It stays UP: requests are served all the same.
final class FailoversHealthIndicator implements HealthIndicator {
    private final FailoverWatch watch;

    FailoversHealthIndicator(FailoverWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        String fault = watch.fault();
        return fault == null
                ? Health.up().build()
                : Health.up().withDetail("reason", fault).build();
    }
}
