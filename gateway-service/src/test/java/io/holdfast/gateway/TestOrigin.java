package io.holdfast.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// A service behind the gateway: remembers what it was asked, and behaves as the query says.
final class TestOrigin implements AutoCloseable {
    /// A request as it arrived.
    record Asked(String method, String target, HttpHeaders headers) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    private final DisposableServer server;

    TestOrigin() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(65_536))
                .handle(this::answer)
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    Asked takeAsked() throws InterruptedException {
        Asked first = asked.poll(10, TimeUnit.SECONDS);
        if (first == null) {
            throw new AssertionError("No request arrived");
        }
        return first;
    }

    boolean wasAsked() {
        return !asked.isEmpty();
    }

    /// Forgets what it was asked.
    void forget() {
        asked.clear();
        cancelled.clear();
    }

    /// Waits until a request ended before it was answered.
    String takeCancelled() throws InterruptedException {
        String first = cancelled.poll(10, TimeUnit.SECONDS);
        if (first == null) {
            throw new AssertionError("No request was cancelled");
        }
        return first;
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().equals("/readyz")) {
            return response.send(); // the gateway's probe, which is no request of a test
        }
        asked.add(new Asked(request.method().name(), request.uri(), request.requestHeaders()));
        String target = request.uri();
        if (target.contains("behave=silent")) {
            return request.receive()
                    .then(Mono.<Void>never())
                    .doFinally(_ -> cancelled.add(target))
                    .takeUntilOther(closed(request));
        }
        if (target.contains("behave=stream")) {
            return response.header("Content-Type", "application/x-ndjson")
                    .sendString(Flux.interval(Duration.ofMillis(20)).map(line -> "{\"line\":" + line + "}\n"))
                    .then()
                    .doFinally(_ -> cancelled.add(target));
        }
        if (target.contains("behave=events")) {
            return events(request, response);
        }
        if (target.contains("behave=echo")) {
            return response.sendWebsocket(
                    this::echo, WebsocketServerSpec.builder().protocols("chat").build());
        }
        if (target.contains("behave=drain")) {
            return response.header("x-envoy-immediate-health-check-fail", "true")
                    .send();
        }
        if (target.contains("behave=hang-up")) {
            request.withConnection(Connection::dispose);
            return Mono.never();
        }
        if (target.contains("behave=break")) {
            return response.sendString(thenBroken("first"));
        }
        if (target.contains("behave=half")) {
            return response.header("Content-Length", "100")
                    .header("ETag", "\"7\"")
                    .sendString(thenBroken("half"));
        }
        if (target.contains("behave=slow")) {
            return response.sendString(Mono.delay(Duration.ofMillis(500)).map(_ -> "late"));
        }
        if (target.contains("behave=count")) {
            return response.sendString(request.receive()
                    .aggregate()
                    .map(body -> Integer.toString(body.readableBytes()))
                    .defaultIfEmpty("0"));
        }
        return response.header("Keep-Alive", "timeout=5")
                .header("ETag", "\"7\"")
                .sendString(request.receive().aggregate().asString().defaultIfEmpty("hello"));
    }

    private static Flux<String> thenBroken(String beginning) {
        Mono<String> broken = Mono.error(new IOException("broken on purpose"));
        return Flux.concat(
                Mono.just(beginning), Mono.delay(Duration.ofMillis(50)).then(broken));
    }

    /// One event, and no more.
    private Mono<Void> events(HttpServerRequest request, HttpServerResponse response) {
        return response.sse()
                .sendString(Flux.concat(Mono.just("data: first\n\n"), Mono.never()), UTF_8)
                .then()
                .doFinally(_ -> cancelled.add(request.uri()))
                .takeUntilOther(closed(request));
    }

    /// Sends what it gets back, and closes when it is told to.
    private Mono<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
        in.receiveCloseStatus().subscribe(status -> cancelled.add("closed " + status.code()));
        Flux<WebSocketFrame> frames = in.receiveFrames()
                .map(frame ->
                        frame instanceof TextWebSocketFrame text && text.text().equals("bye")
                                ? new CloseWebSocketFrame(4001, "as you wish")
                                : frame.retain());
        return out.sendObject(frames, _ -> true).then();
    }

    private static Mono<Void> closed(HttpServerRequest request) {
        return ((Connection) request).onDispose();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
