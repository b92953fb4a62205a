package io.holdfast.balancing.spring;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.Upstream;
import java.net.URI;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import reactor.core.publisher.Mono;

/// An upstream under Spring Cloud LoadBalancer's contract, for the parts that know only that. It
/// reads the upstream's own snapshot, so no list of instances is cached, and none expires.
final class UpstreamLoadBalancer implements ReactorServiceInstanceLoadBalancer {
    private final Upstream upstream;

    UpstreamLoadBalancer(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the contract has it
    public Mono<Response<ServiceInstance>> choose(Request request) {
        return Mono.fromSupplier(this::choice);
    }

    private Response<ServiceInstance> choice() {
        return upstream.live().isEmpty()
                ? new EmptyResponse()
                : new DefaultResponse(serviceInstance(upstream.pick(RequestKey.NONE)));
    }

    private ServiceInstance serviceInstance(Instance instance) {
        URI uri = instance.uri();
        boolean secure = "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new DefaultServiceInstance(instance.id(), upstream.service(), uri.getHost(), port, secure);
    }
}
