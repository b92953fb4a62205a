package io.holdfast.gateway.stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// Passes frames on between a client and an instance, pings and pongs included, until one of them
/// closes, nothing has passed for long, or it is to stop. The other one is then told so with a close
/// frame and a status of RFC 6455, 7.4.1.
final class Relay {
    private final Side client;
    private final Side instance;
    private final Mono<Void> stop;
    private final long quietNanos;
    private volatile long passedAt = System.nanoTime();

    /// One end of a WebSocket.
    record Side(WebsocketInbound in, WebsocketOutbound out) {
        /// How the other end closed, or lost, the connection.
        private Mono<WebSocketCloseStatus> closed() {
            return in.receiveCloseStatus()
                    .onErrorReturn(WebSocketCloseStatus.ABNORMAL_CLOSURE)
                    .defaultIfEmpty(WebSocketCloseStatus.ABNORMAL_CLOSURE);
        }

        private Mono<Void> close(WebSocketCloseStatus status) {
            return out.sendClose(status.code(), status.reasonText()).onErrorComplete();
        }
    }

    /// What each side is told. Who closed has been answered already, and is told nothing more.
    private record Ending(WebSocketCloseStatus forClient, WebSocketCloseStatus forInstance) {
        static Ending both(WebSocketCloseStatus status) {
            return new Ending(status, status);
        }

        static Ending byClient(WebSocketCloseStatus status) {
            return both(orElse(status, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
        }

        static Ending byInstance(WebSocketCloseStatus status) {
            return both(orElse(status, WebSocketCloseStatus.BAD_GATEWAY));
        }

        /// What only says how a connection was lost never stands in a frame.
        private static WebSocketCloseStatus orElse(WebSocketCloseStatus status, WebSocketCloseStatus otherwise) {
            return WebSocketCloseStatus.isValidStatusCode(status.code()) ? status : otherwise;
        }
    }

    /// @param stop completes when the relay is to end because the instance or the gateway stops
    /// @param quietTime longest time in which nothing passes in either direction
    Relay(Side client, Side instance, Mono<Void> stop, Duration quietTime) {
        this.client = client;
        this.instance = instance;
        this.stop = stop;
        this.quietNanos = quietTime.toNanos();
    }

    /// Completes when both sides were told. What passes is never cancelled: that would close a side at once,
    /// and with no status.
    Mono<Void> run() {
        Sinks.One<Ending> broken = Sinks.one();
        Mono<Void> passing = Mono.when(pass(client, instance), pass(instance, client))
                .doOnError(_ -> broken.tryEmitValue(Ending.both(WebSocketCloseStatus.INTERNAL_SERVER_ERROR)))
                .onErrorComplete();
        Mono<Ending> ending = Mono.firstWithSignal(
                client.closed().map(Ending::byClient),
                instance.closed().map(Ending::byInstance),
                Mono.firstWithSignal(stop, quiet())
                        .then(Mono.fromSupplier(() -> Ending.both(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE))),
                broken.asMono());
        return Mono.when(passing, ending.flatMap(this::close));
    }

    private Mono<Void> close(Ending ending) {
        return Mono.when(client.close(ending.forClient()), instance.close(ending.forInstance()));
    }

    private Mono<Void> pass(Side from, Side to) {
        return to.out
                .sendObject(
                        from.in.receiveFrames().map(frame -> {
                            passedAt = System.nanoTime();
                            return frame.retain(); // as the inbound releases what it has shown
                        }),
                        _ -> true)
                .then();
    }

    /// Completes when nothing has passed for too long.
    private Mono<Void> quiet() {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(Math.max(0, quietLeft()))))
                .repeat(() -> quietLeft() > 0)
                .then();
    }

    private long quietLeft() {
        return quietNanos - (System.nanoTime() - passedAt);
    }
}
