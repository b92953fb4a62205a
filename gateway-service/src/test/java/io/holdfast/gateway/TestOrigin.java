package io.holdfast.gateway;

import io.netty.handler.codec.http.HttpHeaders;
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
        if (target.contains("behave=hang-up")) {
            request.withConnection(Connection::dispose);
            return Mono.never();
        }
        if (target.contains("behave=break")) {
            Mono<String> broken = Mono.error(new IOException("broken on purpose"));
            return response.sendString(Flux.concat(
                    Mono.just("first"), Mono.delay(Duration.ofMillis(50)).then(broken)));
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

    private static Mono<Void> closed(HttpServerRequest request) {
        return ((Connection) request).onDispose();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
