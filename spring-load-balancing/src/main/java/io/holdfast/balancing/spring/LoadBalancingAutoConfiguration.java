package io.holdfast.balancing.spring;

import io.holdfast.balancing.Health.Healthy;
import io.holdfast.balancing.Health.Unhealthy;
import io.holdfast.balancing.Instance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;

/// Balances over the instances of the services that are configured; where none is, it is not there.
@AutoConfiguration
@ConditionalOnUpstream
@EnableConfigurationProperties(LoadBalancingProperties.class)
@LoadBalancerClients(defaultConfiguration = SpringCloudConfiguration.class)
public class LoadBalancingAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(LoadBalancingAutoConfiguration.class);

    @Bean
    Upstreams upstreams(LoadBalancingProperties properties) {
        return new Upstreams(properties.services(), LoadBalancingAutoConfiguration::turned);
    }

    private static void turned(String service, Instance instance) {
        switch (instance.health()) {
            case Healthy _ -> log.info("{} at {} is healthy", service, instance.id());
            case Unhealthy(String why) -> log.warn("{} at {} is unhealthy: {}", service, instance.id(), why);
        }
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HealthProber healthProber(Upstreams upstreams, LoadBalancingProperties properties) {
        return new HealthProber(upstreams.all(), properties.probe());
    }

    @Bean
    UpstreamMetrics upstreamMetrics(Upstreams upstreams) {
        return new UpstreamMetrics(upstreams.all());
    }

    @Bean
    LoadBalancingHealthIndicator loadBalancingHealthIndicator(Upstreams upstreams) {
        return new LoadBalancingHealthIndicator(upstreams.all());
    }
}
