package io.holdfast.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/// A proxy over real connections: a server whose handler calls an origin by way of the connections under test.
@Timeout(60)
class LoopConnectionsTest {
    private static final int REQUESTS = 40;

    private final LoopResources loops = LoopResources.create("test-loops", 4, true);
    private final List<ConnectionProvider> pools = new CopyOnWriteArrayList<>();
    private final LoopConnections connections = new LoopConnections(() -> {
        ConnectionProvider pool = ConnectionProvider.create("test", 10);
        pools.add(pool);
        return pool;
    });
    private final DisposableServer origin = HttpServer.create()
            .port(0)
            .handle((_, response) -> response.sendString(Mono.just("hello")))
            .bindNow();
    private final HttpClient upstream =
            HttpClient.create(connections).runOn(loops).port(origin.port());

    @AfterEach
    void close() {
        connections.dispose();
        origin.disposeNow();
        loops.dispose();
    }

    @Test
    void forwardsOnTheLoopThatReadsTheRequest() {
        Set<String> changes = ConcurrentHashMap.newKeySet();
        Set<String> readers = ConcurrentHashMap.newKeySet();
        DisposableServer proxy = HttpServer.create()
                .runOn(loops)
                .port(0)
                .handle((_, response) -> {
                    String reader = Thread.currentThread().getName();
                    readers.add(reader);
                    return response.sendString(upstream.get()
                            .responseContent()
                            .asString()
                            .doOnNext(_ -> {
                                String writer = Thread.currentThread().getName();
                                if (!writer.equals(reader)) {
                                    changes.add(reader + " → " + writer);
                                }
                            }));
                })
                .bindNow();
        try {
            HttpClient client = HttpClient.newConnection().port(proxy.port());
            Flux.fromStream(IntStream.range(0, REQUESTS).boxed())
                    .flatMap(_ -> client.get().responseContent().aggregate().asString(), 8)
                    .doOnNext(body -> assertThat(body).isEqualTo("hello"))
                    .blockLast();
        } finally {
            proxy.disposeNow();
        }
        assertThat(readers).hasSizeGreaterThan(1);
        assertThat(changes).isEmpty();
        assertThat(pools).hasSize(1 + readers.size());
    }

    @Test
    void givesThreadsThatAreNoLoopsOnePool() {
        for (int i = 0; i < 3; i++) {
            assertThat(upstream.get().responseContent().aggregate().asString().block())
                    .isEqualTo("hello");
        }
        assertThat(pools).hasSize(1);
    }

    @Test
    void endsAllPools() {
        upstream.get().responseContent().aggregate().block();
        connections.dispose();
        assertThat(connections.isDisposed()).isTrue();
        assertThat(pools).allMatch(ConnectionProvider::isDisposed);
    }
}
