package io.holdfast.gateway.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// The streams that are open. When the gateway stops they end first: its server would wait for them.
/// Thread-safe: `stopping` is set before the set is gone through and read after something was added, so
/// no stream is missed.
public final class OpenStreams implements SmartLifecycle {
    private static final String ATTRIBUTE = OpenStreams.class.getName();

    private final Set<Stop> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /// Tells one stream to end.
    public static final class Stop {
        private final Sinks.Empty<Void> sink = Sinks.empty();

        /// May be called by anybody, and often.
        public void now() {
            sink.tryEmitEmpty();
        }

        /// Completes when the stream is to end.
        public Mono<Void> asMono() {
            return sink.asMono();
        }
    }

    /// Takes in the stream that the answer of an exchange has turned out to be. Whoever does so says
    /// when the exchange is [#ended(ServerWebExchange)].
    public Stop open(ServerWebExchange exchange) {
        Stop stop = new Stop();
        exchange.getAttributes().put(ATTRIBUTE, stop);
        open.add(stop);
        if (stopping) {
            stop.now();
        }
        return stop;
    }

    /// Null where the exchange is no stream.
    public static @Nullable Stop stopOf(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    public void ended(ServerWebExchange exchange) {
        Stop stop = stopOf(exchange);
        if (stop != null) {
            open.remove(stop);
        }
    }

    int count() {
        return open.size();
    }

    @Override
    public void start() {
        stopping = false;
    }

    @Override
    public void stop() {
        stopping = true;
        open.forEach(Stop::now);
    }

    @Override
    public boolean isRunning() {
        return !stopping;
    }

    /// Stopped before everything else, the waiting for clients to leave included.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
