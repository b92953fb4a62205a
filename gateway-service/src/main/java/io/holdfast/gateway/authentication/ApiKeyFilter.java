package io.holdfast.gateway.authentication;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Lets through what shows a known key that permits it (`Authorization: Bearer`, RFC 6750).
public final class ApiKeyFilter implements GatewayFilter {
    private static final String SCHEME = "Bearer ";

    private final ApiKeys keys;

    ApiKeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Caller caller = callerOf(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
        Permission needed =
                Permission.neededFor(request.getMethod(), request.getURI().getRawPath());
        if (!caller.permissions().contains(needed)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The API key '%s' does not permit to %s."
                            .formatted(caller.name(), needed == Permission.READ ? "read" : "write"));
        }
        caller.attachTo(exchange);
        return chain.filter(exchange);
    }

    private Caller callerOf(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated("Send the API key as 'Authorization: Bearer <key>'.");
        }
        Caller caller = keys.callerWith(authorization.substring(SCHEME.length()).trim());
        if (caller == null) {
            throw unauthenticated("The API key is not known here.");
        }
        return caller;
    }

    private static ProblemException unauthenticated(String detail) {
        return new ProblemException(ProblemType.UNAUTHENTICATED, detail);
    }
}
