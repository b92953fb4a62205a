package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.gateway.stream.OpenStreams;
import io.holdfast.gateway.stream.StreamProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Ends the accepted attempt when its answer ends: the body is passed on outside of the balancing,
/// and until its end it keeps the instance busy. Whatever becomes of the exchange, an attempt that
/// nothing else ended is ended here.
final class AnswerEndFilter implements GlobalFilter, Ordered {
    /// Around the stock filter that passes the body on.
    static final int ORDER = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

    private static final String ATTRIBUTE = AnswerEndFilter.class.getName();

    private final OpenStreams streams;
    private final StreamProperties properties;

    AnswerEndFilter(OpenStreams streams, StreamProperties properties) {
        this.streams = streams;
        this.properties = properties;
    }

    static void accepted(ServerWebExchange exchange, Attempt attempt) {
        exchange.getAttributes().put(ATTRIBUTE, attempt);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        AnswerBody answer = new AnswerBody(
                exchange.getResponse(),
                () -> exchange.getAttribute(ATTRIBUTE),
                () -> OpenStreams.stopOf(exchange),
                properties.quietTime(),
                exchange.getRequest().getMethod().equals(HttpMethod.HEAD));
        return chain.filter(exchange.mutate().response(answer).build()).doFinally(_ -> {
            Attempt attempt = exchange.getAttribute(ATTRIBUTE);
            if (attempt != null) {
                attempt.cancelled(); // has no effect on one that has ended
            }
            streams.ended(exchange);
        });
    }
}
