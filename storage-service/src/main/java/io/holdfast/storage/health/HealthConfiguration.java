package io.holdfast.storage.health;

import io.holdfast.storage.layout.Layout;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    RedisWatch redisWatch(
            Partitions partitions,
            Redis redis,
            Attempts attempts,
            Layout layout,
            HealthProperties properties,
            MeterRegistry meters) {
        return new RedisWatch(partitions, redis, attempts, layout, properties, meters);
    }

    @Bean
    PartitionsHealthIndicator partitionsHealthIndicator(RedisWatch watch) {
        return new PartitionsHealthIndicator(watch);
    }

    @Bean
    SchedulingConfigurer watching(RedisWatch watch, HealthProperties properties) {
        return tasks -> tasks.addFixedDelayTask(watch::look, properties.interval());
    }
}
