package io.holdfast.gateway.stream;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.net.URI;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/// Opens a WebSocket to the instance before the client gets one, so that an instance that is gone can
/// still be replaced by another. Spring Cloud Gateway's own filter does it the other way round: its
/// client has a WebSocket that breaks.
///
/// An instance that does not switch protocols is asked once more without the wish to, and the client
/// gets what it says then: HTTP lets a server ignore that wish (RFC 9110, 7.8).
public final class WebSocketRouting implements GlobalFilter, Ordered {
    private final HttpClient client;
    private final BiConsumer<ServerWebExchange, io.netty.handler.codec.http.HttpHeaders> requestHeaders;
    private final StreamProperties properties;

    /// @param client makes a connection for each WebSocket
    /// @param requestHeaders writes the headers that an instance gets
    public WebSocketRouting(
            HttpClient client,
            BiConsumer<ServerWebExchange, io.netty.handler.codec.http.HttpHeaders> requestHeaders,
            StreamProperties properties) {
        this.client = client;
        this.requestHeaders = requestHeaders;
        this.properties = properties;
    }

    /// Just before what sends requests.
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!Upgrade.isAskedForBy(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        HttpHeaders given = exchange.getRequest().getHeaders();
        URI target = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
        return client.headers(headers -> {
                    requestHeaders.accept(exchange, headers);
                    Upgrade.removeFrom(new HttpHeaders(new Netty4HeadersAdapter(headers)));
                })
                .websocket(specification(given.getFirst(Upgrade.PROTOCOLS)))
                .uri("ws" + target.toString().substring("http".length()))
                .connect()
                .doOnNext(connection -> opened(exchange, connection))
                .then()
                .onErrorResume(WebSocketClientHandshakeException.class, _ -> chain.filter(exchange));
    }

    private WebsocketClientSpec specification(@Nullable String protocols) {
        WebsocketClientSpec.Builder specification = WebsocketClientSpec.builder()
                .maxFramePayloadLength(Math.toIntExact(properties.frameSize().toBytes()))
                .handlePing(true);
        if (protocols != null) {
            specification.protocols(protocols);
        }
        return specification.build();
    }

    private static void opened(ServerWebExchange exchange, Connection connection) {
        HttpHeaders answer = exchange.getResponse().getHeaders();
        ((WebsocketInbound) connection).headers().forEach(header -> answer.add(header.getKey(), header.getValue()));
        answer.remove(HttpHeaders.UPGRADE);
        answer.remove(HttpHeaders.CONNECTION);
        Upgrade.removeFrom(answer);
        exchange.getAttributes().put(CLIENT_RESPONSE_CONN_ATTR, connection);
    }
}
