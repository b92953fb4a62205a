package io.holdfast.storage.namespace;

import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.durability.Levels;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NamespaceConfiguration {
    @Bean
    Namespaces namespaces(
            Partitions partitions, Redis redis, DurableScripts scripts, Levels levels, Attempts attempts) {
        return new Namespaces(partitions, redis, scripts, levels, attempts);
    }
}
