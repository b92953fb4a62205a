package io.holdfast.gateway.stream;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import java.util.Objects;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// Gives a client its WebSocket when an instance has given the gateway one, and passes on what comes.
final class WebSocketAnswer implements GlobalFilter, Ordered {
    private final StreamProperties properties;

    WebSocketAnswer(StreamProperties properties) {
        this.properties = properties;
    }

    /// Around the choice of an instance, and within the stock filter that passes bodies on.
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Upgrade.isAskedForBy(exchange.getRequest())
                ? chain.filter(exchange).then(Mono.defer(() -> answer(exchange)))
                : chain.filter(exchange);
    }

    private Mono<Void> answer(ServerWebExchange exchange) {
        Connection connection = exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR);
        if (!(connection instanceof WebsocketInbound in && connection instanceof WebsocketOutbound out)) {
            return Mono.empty(); // an ordinary answer
        }
        exchange.getAttributes().remove(CLIENT_RESPONSE_CONN_ATTR);
        OpenStreams.Stop stop =
                Objects.requireNonNull(OpenStreams.stopOf(exchange), "the WebSocket was not counted as a stream");
        WebsocketServerSpec.Builder specification = WebsocketServerSpec.builder()
                .maxFramePayloadLength(Math.toIntExact(properties.frameSize().toBytes()))
                .handlePing(true);
        String protocol = in.selectedSubprotocol();
        if (protocol != null) {
            specification.protocols(protocol);
        }
        Relay.Side instance = new Relay.Side(in, out);
        ServerHttpResponse response = exchange.getResponse();
        HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
        // What sends the WebSocket completes when that is open; the exchange goes on until it is closed.
        Sinks.Empty<Void> closed = Sinks.empty();
        server.withConnection(client -> client.channel().closeFuture().addListener(_ -> closed.tryEmitEmpty()));
        // Committing the answer has Spring copy its headers to the server's; nothing is written by that.
        return response.setComplete()
                .then(Mono.defer(() -> server.sendWebsocket(
                        (fromClient, toClient) -> new Relay(
                                        new Relay.Side(fromClient, toClient),
                                        instance,
                                        stop.asMono(),
                                        properties.quietTime())
                                .run()
                                .doFinally(_ -> closed.tryEmitEmpty()),
                        specification.build())))
                .then(closed.asMono())
                .doFinally(_ -> connection.dispose());
    }
}
