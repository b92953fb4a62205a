package io.holdfast.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.holdfast.contract.request.OperationId;
import io.holdfast.contract.request.TimeOrderedIds;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Addresses the exchange to a service. Path and query stay as they came: Spring Cloud Gateway's own
/// filter takes them apart and puts them together again, and is not exact when it does. Gives the exchange an
/// operation id, if it may change something: all attempts to send it carry the same.
final class TargetFilter implements GatewayFilter, Ordered {
    /// Where the filter it replaces would be: before the one that chooses an instance.
    private static final int ORDER = 10_000;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String OPERATION_ID = OperationId.class.getName();

    private final URI service;
    private final TimeOrderedIds ids;

    TargetFilter(String service, TimeOrderedIds ids) {
        this.service = URI.create("lb://" + service);
        this.ids = ids;
    }

    /// The operation id of an exchange; null where it changes nothing.
    static @Nullable String operationId(ServerWebExchange exchange) {
        return exchange.getAttribute(OPERATION_ID);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, service);
        if (!SAFE.contains(exchange.getRequest().getMethod())) {
            exchange.getAttributes().put(OPERATION_ID, ids.next());
        }
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
