package io.holdfast.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Addresses the exchange to a service, with path and query as they came. Spring Cloud Gateway's own
/// filter takes them apart and puts them together again, and is not exact when it does.
final class TargetFilter implements GatewayFilter, Ordered {
    /// Where the filter it replaces would be: before the one that chooses an instance.
    private static final int ORDER = 10_000;

    private final String service;

    TargetFilter(String service) {
        this.service = "lb://" + service;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI asked = exchange.getRequest().getURI();
        String query = asked.getRawQuery();
        String target = service + asked.getRawPath() + (query == null ? "" : "?" + query);
        exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, URI.create(target));
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
