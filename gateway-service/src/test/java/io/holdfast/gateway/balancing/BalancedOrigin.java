package io.holdfast.gateway.balancing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// An instance behind the gateway: a real server on a port of its own, which can be stopped and
/// started and which behaves as the test says.
final class BalancedOrigin {
    /// What a request looked like when it was here.
    record Received(String method, String uri, HttpHeaders headers, String body) {}

    /// Answers a request whose body has been read.
    interface Behaviour {
        Publisher<Void> answer(HttpServerResponse response);
    }

    static final Behaviour WELL = response -> response.sendString(Mono.just("well"));
    static final Behaviour SILENT = _ -> Mono.never();
    static final Behaviour CLOSES = closingAfter("");
    static final Behaviour CLOSES_WITHIN_HEADERS = closingAfter("HTTP/1.1 200 OK\r\nContent-Le");
    static final Behaviour GARBAGE = closingAfter("I do not speak HTTP\r\n\r\n");

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile Behaviour behaviour = WELL;
    private @Nullable DisposableServer server;
    private int port;

    static Behaviour answering(int status, String header, String body) {
        return response -> response.status(status).header(header, "yes").sendString(Mono.just(body));
    }

    private static Behaviour closingAfter(String bytes) {
        return response -> Mono.<Void>never()
                .doOnSubscribe(_ -> response.withConnection(connection -> {
                    ChannelHandlerContext belowHttp =
                            connection.channel().pipeline().firstContext();
                    var _ = belowHttp
                            .writeAndFlush(Unpooled.copiedBuffer(bytes, US_ASCII))
                            .addListener(ChannelFutureListener.CLOSE);
                }));
    }

    void start() {
        if (server == null) {
            server = HttpServer.create()
                    .host("127.0.0.1")
                    .port(port)
                    .doOnConnection(connection -> connections.add(connection.channel()))
                    .handle(this::handle)
                    .bindNow();
            port = server.port();
        }
    }

    void stop() {
        if (server != null) {
            server.disposeNow();
            connections.close().awaitUninterruptibly();
            server = null;
        }
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().equals("/readyz")) {
            return response.send();
        }
        HttpHeaders headers = request.requestHeaders().copy();
        return request.receive().aggregate().asString(UTF_8).defaultIfEmpty("").flatMap(body -> {
            received.add(new Received(request.method().name(), request.uri(), headers, body));
            return Mono.from(behaviour.answer(response));
        });
    }

    void behaves(Behaviour next) {
        behaviour = next;
    }

    void answers(int status, String header, String body) {
        behaves(answering(status, header, body));
    }

    List<Received> received() {
        return received;
    }

    int connections() {
        return connections.size();
    }

    void reset() {
        start();
        behaviour = WELL;
        received.clear();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
