package io.holdfast.storage.api.client;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.wire.OperationCodec;
import io.holdfast.storage.api.wire.OutcomeCodec;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// A storage service for tests: a real server that behaves as the test says. Unless told otherwise,
/// it stores everything and finds nothing.
final class StorageOrigin implements AutoCloseable {
    /// Answers one call.
    interface Behaviour {
        Publisher<Void> answer(byte[] message, HttpServerResponse response);
    }

    private final DisposableServer server;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final BlockingQueue<HttpHeaders> requests = new LinkedBlockingQueue<>();
    private volatile Behaviour behaviour = (message, response) -> send(
            response,
            OutcomeCodec.encode(OperationCodec.decode(message).stream()
                    .map(StorageOrigin::outcome)
                    .toList()));

    StorageOrigin() {
        this(0);
    }

    /// On a port that another one left.
    StorageOrigin(int port) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .doOnConnection(connection -> connections.add(connection.channel()))
                .route(routes -> routes.post("/storage/v1/operations", this::handle))
                .bindNow();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        requests.add(request.requestHeaders().copy());
        return request.receive()
                .aggregate()
                .asByteArray()
                .flatMap(message -> Mono.from(behaviour.answer(message, response)));
    }

    private static Outcome outcome(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get _, Operation.Delete _ -> new Outcome.Absent();
            case Operation.Put _ -> new Outcome.Stored(7, true);
            case Operation.Scan _ -> new Outcome.Page(List.of(), null);
            case Operation.Count _ -> new Outcome.Size(true, 3);
            case Operation.ListNamespaces _ -> new Outcome.Namespaces(List.of());
            case Operation.DropNamespace _ -> new Outcome.Dropped(true);
            case Operation.Once once -> new Outcome.First(outcome(once.write()));
            case Operation.Recall _ -> new Outcome.Absent();
            case Operation.Claim _ -> new Outcome.Claimed();
            case Operation.Verify _ -> new Outcome.Fate(Outcome.Fate.State.SURVIVED, "");
            case Operation.ListFailovers _ -> new Outcome.Failovers(List.of());
        };
    }

    static Mono<Void> send(HttpServerResponse response, byte[] body) {
        return response.sendByteArray(Mono.just(body)).then();
    }

    void behaves(Behaviour next) {
        behaviour = next;
    }

    void answers(Outcome... outcomes) {
        behaves((_, response) -> send(response, OutcomeCodec.encode(List.of(outcomes))));
    }

    void fails(int status, String body) {
        behaves((_, response) -> response.status(status).sendString(Mono.just(body)));
    }

    void fails(ProblemType type, String detail) {
        byte[] problem = JsonMapper.shared().writeValueAsBytes(ProblemException.problem(type, detail));
        behaves((_, response) -> send(response.status(type.status()), problem));
    }

    void isSilent() {
        behaves((_, _) -> Mono.never());
    }

    /// The headers of the next request.
    HttpHeaders request() throws InterruptedException {
        return requests.take();
    }

    int requests() {
        return requests.size();
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
        connections.close().awaitUninterruptibly();
    }
}
