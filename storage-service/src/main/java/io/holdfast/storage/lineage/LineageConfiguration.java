package io.holdfast.storage.lineage;

import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

@Configuration(proxyBeanMethods = false)
class LineageConfiguration {
    @Bean
    Lineages lineages(Redis redis, DurableScripts scripts) {
        return new Lineages(redis, scripts);
    }

    @Bean
    Acknowledgements acknowledgements(Partitions partitions, LineageProperties properties) {
        return new Acknowledgements(partitions, properties);
    }

    @Bean
    Verification verification(
            Partitions partitions, Lineages lineages, Attempts attempts, LineageProperties properties) {
        return new Verification(partitions, lineages, attempts, properties);
    }

    @Bean
    Failovers failovers(Partitions partitions, Lineages lineages, Attempts attempts) {
        return new Failovers(partitions, lineages, attempts);
    }

    @Bean
    FailoverWatch failoverWatch(
            Partitions partitions,
            Lineages lineages,
            Acknowledgements acknowledgements,
            Attempts attempts,
            LineageProperties properties,
            MeterRegistry meters) {
        FailoverMetrics metrics = new FailoverMetrics(meters);
        return new FailoverWatch(partitions, lineages, acknowledgements, attempts, properties, metrics);
    }

    @Bean
    HealthIndicator failoversHealthIndicator(FailoverWatch watch) {
        return new FailoversHealthIndicator(watch);
    }

    @Bean
    SchedulingConfigurer watchingFailovers(FailoverWatch watch, LineageProperties properties) {
        return tasks -> tasks.addFixedDelayTask(watch::run, properties.interval());
    }
}
