package io.holdfast.gateway.balancing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import io.holdfast.balancing.Attempt;
import io.holdfast.gateway.stream.OpenStreams;
import io.holdfast.gateway.stream.StreamProperties;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;

/// Passes the accepted answer on to the client, in place of Spring Cloud Gateway's own filter. The body is passed
/// on outside of the balancing, and until its end it keeps the instance busy. Whatever becomes of the exchange, an
/// attempt that nothing else ended is ended here.
public final class AnswerFilter implements GlobalFilter, Ordered {
    private static final int MOST_AT_ONCE = 64 * 1024;
    private static final String ATTRIBUTE = AnswerFilter.class.getName();

    private final OpenStreams streams;
    private final StreamProperties properties;
    private final List<MediaType> flushed;

    /// @param flushed media types of answers that are passed on part by part, as they come
    public AnswerFilter(OpenStreams streams, StreamProperties properties, List<MediaType> flushed) {
        this.streams = streams;
        this.properties = properties;
        this.flushed = flushed;
    }

    static void accepted(ServerWebExchange exchange, Attempt attempt) {
        exchange.getAttributes().put(ATTRIBUTE, attempt);
    }

    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .then(Mono.defer(() -> answer(exchange)))
                .doFinally(signal -> end(exchange, signal));
    }

    private Mono<Void> answer(ServerWebExchange exchange) {
        Connection connection = exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR);
        if (connection == null) {
            return Mono.empty(); // it is a WebSocket, which has been served, or a problem's
        }
        ServerHttpResponse response = exchange.getResponse();
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        Flux<ByteBuf> received = connection.inbound().receive();
        Flux<DataBuffer> body = watched(received.map(part -> buffers.wrap(part.retain())), exchange);
        OpenStreams.Stop stop = OpenStreams.stopOf(exchange);
        if (stop != null) {
            // Ends like an answer that is complete: who listens to an event stream then connects again.
            body = body.timeout(properties.quietTime(), Flux.empty()).takeUntilOther(stop.asMono());
        } else if (small(exchange)) {
            // It is awaited and leaves together with its head, in one system call instead of two.
            return response.writeWith(DataBufferUtils.join(body, MOST_AT_ONCE));
        }
        return flushes(response.getHeaders())
                ? response.writeAndFlushWith(body.map(Flux::just))
                : response.writeWith(body);
    }

    private static Flux<DataBuffer> watched(Flux<DataBuffer> body, ServerWebExchange exchange) {
        Attempt attempt = exchange.getAttribute(ATTRIBUTE);
        return attempt == null ? body : body.tap(() -> new AnswerWatch(attempt));
    }

    /// An answer to HEAD has the length of a body and none.
    private static boolean small(ServerWebExchange exchange) {
        long length = exchange.getResponse().getHeaders().getContentLength();
        return length > 0
                && length <= MOST_AT_ONCE
                && !exchange.getRequest().getMethod().equals(HttpMethod.HEAD);
    }

    private boolean flushes(HttpHeaders headers) {
        MediaType type = mediaType(headers);
        return type != null && flushed.stream().anyMatch(each -> each.isCompatibleWith(type));
    }

    private static @Nullable MediaType mediaType(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (RuntimeException _) {
            return null; // the client may know what it means
        }
    }

    private void end(ServerWebExchange exchange, SignalType signal) {
        if (signal != SignalType.ON_COMPLETE
                && exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection connection) {
            connection.dispose();
        }
        Attempt attempt = exchange.getAttribute(ATTRIBUTE);
        if (attempt != null) {
            attempt.cancelled(); // has no effect on one that has ended
        }
        streams.ended(exchange);
    }
}
