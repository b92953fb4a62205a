package io.holdfast.gateway.routing;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/// Takes from a service's answer what speaks of the connection to the service. The headers given are
/// the answer's own copy, so they are changed in place.
final class ResponseHeaders implements HttpHeadersFilter {
    @Override
    public HttpHeaders filter(HttpHeaders answer, ServerWebExchange exchange) {
        HopByHop.names().forEach(answer::remove);
        return answer;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
