package io.holdfast.gateway.balancing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.contract.request.Deadline;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Chooses the instance for routes to `lb://…`, in place of Spring Cloud Gateway's own filter,
/// which makes one attempt and knows nothing of health.
final class BalancingFilter implements GlobalFilter, Ordered {
    /// Just before the stock filter, which then finds nothing left to do.
    static final int ORDER = ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 1;

    /// Also those that HTTP does not call idempotent: their operation id makes them so.
    private static final Set<HttpMethod> REPEATABLE = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.OPTIONS,
            HttpMethod.PUT,
            HttpMethod.DELETE,
            HttpMethod.POST,
            HttpMethod.PATCH);

    private final Upstreams upstreams;
    private final Replay replay;
    private final ExchangeDeadline deadlines;

    BalancingFilter(Upstreams upstreams, Replay replay, ExchangeDeadline deadlines) {
        this.upstreams = upstreams;
        this.replay = replay;
        this.deadlines = deadlines;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI target = exchange.getAttribute(GATEWAY_REQUEST_URL_ATTR);
        if (target == null || !"lb".equals(target.getScheme())) {
            return chain.filter(exchange);
        }
        Optional<Upstream> upstream = upstreams.find(target.getAuthority());
        if (upstream.isEmpty()) {
            return Mono.error(Problems.unavailable(target.getAuthority()));
        }
        Deadline deadline = deadlines.of(exchange);
        return replay.with(exchange, deadline, request -> {
            Attempts attempts = upstream.get().attempts(RequestKey.NONE, repeatable(request), deadline.nanoTime());
            return new Forwarding(exchange, chain, request, target, attempts, deadline).send();
        });
    }

    private static boolean repeatable(Sendable request) {
        return request.replayable() && REPEATABLE.contains(request.getMethod());
    }
}
