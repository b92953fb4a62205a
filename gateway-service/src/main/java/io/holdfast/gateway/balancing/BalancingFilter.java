package io.holdfast.gateway.balancing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.contract.request.Deadline;
import io.holdfast.gateway.stream.OpenStreams;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Chooses the instance for routes to `lb://…`, in place of Spring Cloud Gateway's own filter,
/// which makes one attempt and knows nothing of health.
final class BalancingFilter implements GlobalFilter, Ordered {
    /// Just before the stock filter, which then finds nothing left to do.
    static final int ORDER = ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 1;

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Upstreams upstreams;
    private final Replay replay;
    private final ExchangeDeadline deadlines;
    private final OpenStreams streams;
    private final BalancingProperties properties;
    private final AttemptTrace trace;

    BalancingFilter(
            Upstreams upstreams,
            Replay replay,
            ExchangeDeadline deadlines,
            OpenStreams streams,
            BalancingProperties properties,
            AttemptTrace trace) {
        this.upstreams = upstreams;
        this.replay = replay;
        this.deadlines = deadlines;
        this.streams = streams;
        this.properties = properties;
        this.trace = trace;
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
        return replay.with(
                exchange, deadline, request -> forward(exchange, chain, request, target, upstream.get(), deadline));
    }

    private Mono<Void> forward(
            ServerWebExchange exchange,
            GatewayFilterChain chain,
            Sendable request,
            URI target,
            Upstream upstream,
            Deadline deadline) {
        RoutePolicy policy = policy(exchange);
        RequestKey key = policy.key() == null ? RequestKey.NONE : policy.key().of(request);
        boolean knownAgain = knownAgain(request, policy);
        boolean repeatable = request.replayable() && (knownAgain || IDEMPOTENT.contains(request.getMethod()));
        Attempts attempts =
                upstream.attempts(policy.retry(upstream.rules().retry()), key, repeatable, deadline.nanoTime());
        boolean hedge = policy.hedge() && request.getMethod().equals(HttpMethod.GET);
        return new Forwarding(
                        exchange,
                        chain,
                        request,
                        target,
                        upstream,
                        upstreams.headers(),
                        attempts,
                        knownAgain,
                        hedge,
                        streams,
                        deadline,
                        trace)
                .send();
    }

    private RoutePolicy policy(ServerWebExchange exchange) {
        Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
        return route == null ? RoutePolicy.DEFAULT : properties.of(route.getId());
    }

    /// A key makes executing a request twice do no harm, whatever its method (Internet-Draft "The
    /// Idempotency-Key HTTP Header Field"), and so does an operation id that the service heeds.
    private static boolean knownAgain(Sendable request, RoutePolicy policy) {
        return policy.operationIds() || request.getHeaders().containsHeader(IDEMPOTENCY_KEY);
    }
}
