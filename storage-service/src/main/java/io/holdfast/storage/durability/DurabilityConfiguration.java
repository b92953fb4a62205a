package io.holdfast.storage.durability;

import io.holdfast.storage.redis.Primaries;
import io.holdfast.storage.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DurabilityConfiguration {
    /// The number of the connections on which servers are asked what they can do.
    private static final int QUESTIONS = 0;

    @Bean
    DurabilityMetrics durabilityMetrics(MeterRegistry meters) {
        return new DurabilityMetrics(meters);
    }

    @Bean
    Levels durabilityLevels(DurabilityProperties properties, Primaries primaries) {
        return new Levels(properties, primaries, new ServerFeatures(primaries, QUESTIONS));
    }

    @Bean
    DurableScripts durableScripts(
            Redis redis,
            Primaries primaries,
            Levels levels,
            DurabilityProperties properties,
            DurabilityMetrics metrics) {
        return new DurableScripts(redis, primaries, levels, properties, metrics);
    }

    /// Up while reads go on and writes are taken; the details name primaries that have too few replicas in sync.
    @Bean
    HealthIndicator durabilityHealthIndicator(DurabilityMetrics metrics) {
        return () -> {
            Set<String> silent = metrics.silent();
            return silent.isEmpty()
                    ? Health.up().build()
                    : Health.up().withDetail("unconfirmed", silent).build();
        };
    }
}
