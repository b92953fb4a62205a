package io.holdfast.storage.sweep;

import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

@Configuration(proxyBeanMethods = false)
class SweepConfiguration {
    @Bean
    Sweep sweep(Redis redis, SweepProperties properties) {
        return new Sweep(redis, properties);
    }

    @Bean
    Sweeper sweeper(
            Partitions partitions,
            Sweep sweep,
            Attempts attempts,
            Namespaces namespaces,
            SweepProperties properties,
            MeterRegistry meters) {
        return new Sweeper(partitions, sweep, attempts, namespaces, properties, Clock.systemUTC(), meters);
    }

    @Bean
    SchedulingConfigurer sweeping(Sweeper sweeper, SweepProperties properties) {
        return tasks -> tasks.addFixedDelayTask(sweeper::run, properties.interval());
    }
}
