package io.holdfast.storage.record;

import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.durability.Levels;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RecordConfiguration {
    @Bean
    Reads reads(Redis redis) {
        return new Reads(redis);
    }

    @Bean
    Records records(
            Partitions partitions,
            Attempts attempts,
            Namespaces namespaces,
            Reads reads,
            DurableScripts scripts,
            Levels levels,
            MeterRegistry meters) {
        return new Records(
                partitions, attempts, namespaces, reads, new Writes(scripts), levels, new OnceMetrics(meters));
    }
}
