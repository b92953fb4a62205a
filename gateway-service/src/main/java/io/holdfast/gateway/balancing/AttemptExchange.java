package io.holdfast.gateway.balancing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.holdfast.contract.request.Deadline;
import io.opentelemetry.api.trace.Span;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.netty.Connection;

/// The exchange as one attempt sees it: what the attempt notes and answers stays its own until it
/// is accepted. An attempt that was given up may still be writing on another thread.
final class AttemptExchange extends ServerWebExchangeDecorator {
    /// As a rule; so the table is not made anew.
    private static final int MOST_ATTRIBUTES = 32;

    private final ServerHttpRequest request;
    private final AttemptResponse response;
    private final Map<String, Object> attributes;

    AttemptExchange(ServerWebExchange exchange, ServerHttpRequest request, URI url, Deadline deadline, Span span) {
        super(exchange);
        this.request = request;
        this.response = new AttemptResponse(exchange.getResponse());
        this.attributes = new ConcurrentHashMap<>(MOST_ATTRIBUTES);
        attributes.putAll(exchange.getAttributes());
        attributes.remove(CLIENT_RESPONSE_CONN_ATTR); // of an attempt that was accepted while this one begins
        attributes.put(GATEWAY_REQUEST_URL_ATTR, url);
        attributes.put(AttemptDeadline.ATTRIBUTE, deadline);
        attributes.put(AttemptTrace.class.getName(), span);
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public ServerHttpResponse getResponse() {
        return response;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    /// Makes this attempt's answer the client's.
    void accept() {
        attributes.forEach(getDelegate().getAttributes()::put); // one by one: putAll would make the table anew
        response.accept();
    }

    /// Lets go of the answer, with its connection.
    void discard() {
        if (attributes.get(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection connection) {
            connection.dispose();
        }
    }
}
