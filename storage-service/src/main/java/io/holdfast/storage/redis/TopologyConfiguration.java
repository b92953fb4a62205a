package io.holdfast.storage.redis;

import io.lettuce.core.cluster.RedisClusterClient;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {
    /// A single server has no topology to tell of.
    @Bean
    MeterBinder redisTopology(LettuceConnectionFactory factory) {
        return factory.isClusterAware()
                ? new TopologyMetrics((RedisClusterClient) factory.getRequiredNativeClient())
                : _ -> {};
    }
}
