package io.holdfast.storage.record;

import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.durability.Levels;
import io.holdfast.storage.lineage.Acknowledgements;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Replicas;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
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
            Replicas replicas,
            DurableScripts scripts,
            Levels levels,
            Acknowledgements acknowledgements,
            MeterRegistry meters) {
        Map<Kind, Reader> readers = new EnumMap<>(Kind.class);
        readers.put(Kind.READ, reads);
        readers.put(Kind.CONFIRMED_READ, new ConfirmedReads(scripts));
        readers.put(Kind.REPLICA_READ, new ReplicaReads(replicas, reads, meters));
        return new Records(
                partitions,
                attempts,
                namespaces,
                readers,
                new Writes(scripts),
                levels,
                new OnceMetrics(meters),
                acknowledgements);
    }
}
