package io.holdfast.storage.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// UP while data of any partition can be reached: the loss of some primaries must not take the others
/// out of service. The details say how much is out of reach, and why.
final class PartitionsHealthIndicator implements HealthIndicator {
    private final RedisWatch watch;

    PartitionsHealthIndicator(RedisWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        RedisWatch.State state = watch.state();
        Health.Builder health = state.useful() ? Health.up() : Health.down();
        health.withDetail("partitions", state.partitions()).withDetail("reachable", state.reachable());
        if (state.reason() != null) {
            health.withDetail("reason", state.reason());
        }
        return health.build();
    }
}
