package io.holdfast.balancing.spring;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/// An instance for tests: a real server whose readiness is what the test says.
final class Origin implements AutoCloseable {
    /// As a status: never answers.
    static final int SILENT = -1;

    private final DisposableServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile String name = "x-none";
    private volatile String value = "";

    Origin() {
        this(0);
    }

    /// A port that another one left.
    Origin(int port) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((_, response) -> answer(response))
                .bindNow();
    }

    private Mono<Void> answer(HttpServerResponse response) {
        requests.incrementAndGet();
        return status == SILENT
                ? Mono.never()
                : response.status(status).header(name, value).send();
    }

    void answers(int nextStatus) {
        status = nextStatus;
    }

    /// A header of each answer from now on.
    void says(String nextName, String nextValue) {
        value = nextValue;
        name = nextName;
    }

    int requests() {
        return requests.get();
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
