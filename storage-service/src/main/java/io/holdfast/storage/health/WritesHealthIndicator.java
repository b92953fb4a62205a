package io.holdfast.storage.health;

import io.holdfast.storage.redis.Refusals;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Always UP, since reads go on where Redis takes no writes; the details say that, and why.
final class WritesHealthIndicator implements HealthIndicator {
    private final Refusals refusals;
    private final Duration remembered;

    WritesHealthIndicator(Refusals refusals, Duration remembered) {
        this.refusals = refusals;
        this.remembered = remembered;
    }

    @Override
    public Health health() {
        Optional<String> reason = refusals.reason(remembered);
        Health.Builder health = Health.up().withDetail("refused", reason.isPresent());
        reason.ifPresent(why -> health.withDetail("reason", why));
        return health.build();
    }
}
