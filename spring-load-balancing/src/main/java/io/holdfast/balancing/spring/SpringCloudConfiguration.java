package io.holdfast.balancing.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Belongs to the child context that Spring Cloud LoadBalancer makes for each service it is asked
/// for. Services that are not ours keep the balancer they would have had.
@Configuration(proxyBeanMethods = false)
public class SpringCloudConfiguration {
    @Bean
    ReactorServiceInstanceLoadBalancer upstreamLoadBalancer(
            Environment environment, Upstreams upstreams, LoadBalancerClientFactory clients) {
        String service = environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
        return upstreams
                .find(service)
                .<ReactorServiceInstanceLoadBalancer>map(UpstreamLoadBalancer::new)
                .orElseGet(() -> new RoundRobinLoadBalancer(instances(clients, service), service));
    }

    private static ObjectProvider<ServiceInstanceListSupplier> instances(
            LoadBalancerClientFactory clients, String service) {
        return clients.getLazyProvider(service, ServiceInstanceListSupplier.class);
    }
}
