package io.holdfast.gateway.routing;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/// A pool of connections for each event loop. Reactor Netty opens a connection on the loop that asks for it, so the
/// thread that reads a request also sends it on and passes the answer back. With one pool for all loops, a request may
/// change threads on its way there and back, and wake the other one where that one sleeps.
///
/// A thread that is no event loop, such as a timer's, has the pool that is shared by all such threads. Thread-safe.
final class LoopConnections implements ConnectionProvider {
    private final ConnectionProvider shared;
    private final Collection<ConnectionProvider> pools = new ConcurrentLinkedQueue<>();
    private final FastThreadLocal<ConnectionProvider> own;

    /// @param pool makes a pool
    LoopConnections(Supplier<ConnectionProvider> pool) {
        shared = pool.get();
        pools.add(shared);
        own = new FastThreadLocal<>() {
            @Override
            protected ConnectionProvider initialValue() {
                ConnectionProvider made = pool.get();
                pools.add(made);
                return made;
            }
        };
    }

    private ConnectionProvider pool() {
        return Thread.currentThread() instanceof FastThreadLocalThread ? own.get() : shared;
    }

    @Override
    public Mono<? extends Connection> acquire(
            TransportConfig config,
            ConnectionObserver observer,
            @Nullable Supplier<? extends SocketAddress> remoteAddress,
            @Nullable AddressResolverGroup<?> resolvers) {
        return pool().acquire(config, observer, remoteAddress, resolvers);
    }

    @Override
    public void disposeWhen(SocketAddress address) {
        pools.forEach(each -> each.disposeWhen(address));
    }

    @Override
    public void dispose() {
        pools.forEach(ConnectionProvider::dispose);
    }

    @Override
    public Mono<Void> disposeLater() {
        return Mono.whenDelayError(
                pools.stream().map(ConnectionProvider::disposeLater).toList());
    }

    @Override
    public boolean isDisposed() {
        return pools.stream().allMatch(ConnectionProvider::isDisposed);
    }

    @Override
    public int maxConnections() {
        return shared.maxConnections();
    }

    @Override
    public @Nullable Map<SocketAddress, Integer> maxConnectionsPerHost() {
        return shared.maxConnectionsPerHost();
    }
}
