package io.holdfast.storage.partition;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PartitionConfiguration {
    @Bean
    Partitions partitions(PartitionProperties properties) {
        return new Partitions(properties.partitions());
    }
}
