package io.holdfast.storage.listing;

import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.record.Reads;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.sweep.Sweep;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ListingConfiguration {
    @Bean
    Listing listing(Partitions partitions, Redis redis, Reads reads, Attempts attempts) {
        return new Listing(partitions, new KeyFetch(redis), reads, attempts);
    }

    @Bean
    Count count(Partitions partitions, Redis redis, Attempts attempts, Namespaces namespaces, Sweep sweep) {
        return new Count(partitions, redis, attempts, namespaces, sweep);
    }
}
