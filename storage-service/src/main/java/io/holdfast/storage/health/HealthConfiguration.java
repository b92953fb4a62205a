package io.holdfast.storage.health;

import io.holdfast.storage.layout.Layout;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TriggerContext;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    RedisWatch redisWatch(
            Partitions partitions,
            Redis redis,
            Attempts attempts,
            Layout layout,
            Refusals refusals,
            HealthProperties properties,
            MeterRegistry meters) {
        return new RedisWatch(partitions, redis, attempts, layout, refusals, properties, meters);
    }

    @Bean
    PartitionsHealthIndicator partitionsHealthIndicator(RedisWatch watch) {
        return new PartitionsHealthIndicator(watch);
    }

    @Bean
    WritesHealthIndicator writesHealthIndicator(Refusals refusals, HealthProperties properties) {
        return new WritesHealthIndicator(refusals, properties.refusals());
    }

    @Bean
    SchedulingConfigurer watching(RedisWatch watch, HealthProperties properties) {
        return tasks -> tasks.addTriggerTask(watch::look, context -> nextLook(watch, properties, context));
    }

    private static Instant nextLook(RedisWatch watch, HealthProperties properties, TriggerContext context) {
        Instant last = context.lastCompletion();
        if (last == null) {
            return context.getClock().instant();
        }
        return last.plus(watch.state().useful() ? properties.interval() : properties.eager());
    }
}
