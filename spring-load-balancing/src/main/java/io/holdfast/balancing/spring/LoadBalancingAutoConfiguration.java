package io.holdfast.balancing.spring;

import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.discovery.Discoveries;
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
    @Bean
    UpstreamMetrics upstreamMetrics() {
        return new UpstreamMetrics();
    }

    @Bean
    Upstreams upstreams(LoadBalancingProperties properties, UpstreamMetrics listener) {
        return new Upstreams(properties.services(), listener);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Discoveries discoveries(LoadBalancingProperties properties, Upstreams upstreams) {
        Discoveries discoveries = new Discoveries();
        properties.services().forEach((name, service) -> {
            if (service.dns() != null) {
                Upstream upstream = upstreams.find(name).orElseThrow();
                discoveries.add(name, service.dns(), upstream::discovered);
            }
        });
        return discoveries;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HealthProber healthProber(Upstreams upstreams, LoadBalancingProperties properties) {
        return new HealthProber(upstreams.all(), properties.probe(), upstreams.headers());
    }

    @Bean
    BalancingMetrics balancingMetrics(Upstreams upstreams, Discoveries discoveries) {
        return new BalancingMetrics(upstreams, discoveries);
    }

    @Bean
    LoadBalancingHealthIndicator loadBalancingHealthIndicator(Upstreams upstreams) {
        return new LoadBalancingHealthIndicator(upstreams.all());
    }

    @Bean
    DiscoveryHealthIndicator discoveryHealthIndicator(Discoveries discoveries) {
        return new DiscoveryHealthIndicator(discoveries);
    }

    @Bean
    LoadBalancerEndpoint loadBalancerEndpoint(Upstreams upstreams) {
        return new LoadBalancerEndpoint(upstreams);
    }
}
