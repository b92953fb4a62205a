package io.holdfast.storage.layout;

import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LayoutConfiguration {
    @Bean
    Layout layout(Partitions partitions, Redis redis, Attempts attempts) {
        return new Layout(partitions, redis, attempts);
    }
}
