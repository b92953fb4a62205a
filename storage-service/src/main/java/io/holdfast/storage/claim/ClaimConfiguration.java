package io.holdfast.storage.claim;

import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClaimConfiguration {
    @Bean
    Claims claims(Partitions partitions, Redis redis, Attempts attempts) {
        return new Claims(partitions, redis, attempts);
    }
}
