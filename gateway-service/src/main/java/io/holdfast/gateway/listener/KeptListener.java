package io.holdfast.gateway.listener;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A listening socket that a [ListenerKeeper] handed over. It shares its queue of connections with all other processes
/// that have it: to close it refuses nobody. Thread-safe.
final class KeptListener {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final Duration PAUSE_TIME = Duration.ofSeconds(5);

    private final EpollServerSocketChannel channel;
    private final EventLoopGroup loops;

    private KeptListener(FileDescriptor descriptor, EventLoopGroup loops) {
        channel = new EpollServerSocketChannel(descriptor.intValue());
        channel.pipeline().addLast(new AlreadyBound());
        this.loops = loops;
    }

    /// Asks until the keeper answers.
    ///
    /// @param lost called once if the keeper ends afterwards, or if `loops` do
    /// @throws IllegalStateException after `patience`, or where the system has no epoll
    static KeptListener ask(Path socket, Duration patience, EventLoopGroup loops, Runnable lost)
            throws InterruptedException {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "A listening socket can be taken over on Linux only (holdfast.gateway.listener.socket is %s)"
                            .formatted(socket),
                    Epoll.unavailabilityCause());
        }
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Arrival arrival = new Arrival(lost);
            ChannelFuture connected = new Bootstrap()
                    .group(loops)
                    .channel(EpollDomainSocketChannel.class)
                    .option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                    .handler(arrival)
                    .connect(new DomainSocketAddress(socket.toFile()))
                    .await();
            Throwable cause = connected.cause();
            if (cause == null) {
                try {
                    FileDescriptor descriptor =
                            arrival.descriptor.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return new KeptListener(descriptor, loops);
                } catch (ExecutionException | TimeoutException e) {
                    var _ = connected.channel().close();
                    cause = e;
                }
            }
            if (end - System.nanoTime() <= 0) {
                throw new IllegalStateException(
                        "No listening socket came from %s within %s (holdfast.gateway.listener): does ListenerKeeper run, as the same user?"
                                .formatted(socket, patience),
                        cause);
            }
            Thread.sleep(BETWEEN_ATTEMPTS);
        }
    }

    /// To be registered with an event loop of epoll, once.
    ServerSocketChannel channel() {
        return channel;
    }

    /// Accepts no further connection: they are for others that have the socket. Returns when all that were accepted are
    /// with their event loops, so that whoever counts connections knows of them.
    void pause() {
        if (channel.isRegistered()) {
            await(channel.eventLoop().submit(() -> channel.config().setAutoRead(false)));
            for (EventExecutor loop : loops) {
                await(loop.submit(() -> {}));
            }
        }
    }

    private static void await(Future<?> task) {
        if (!task.awaitUninterruptibly(PAUSE_TIME.toMillis())) {
            throw new IllegalStateException("An event loop did nothing for " + PAUSE_TIME);
        }
    }

    /// Waits for the socket, and for the end of whom it came from. Confined to the connection's event loop, but for
    /// the future.
    private static final class Arrival extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<FileDescriptor> descriptor = new CompletableFuture<>();
        private final Runnable lost;

        Arrival(Runnable lost) {
            this.lost = lost;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            descriptor.complete((FileDescriptor) message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            boolean arrived = !descriptor.completeExceptionally(new IllegalStateException("The keeper hung up"));
            if (arrived) {
                lost.run();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            descriptor.completeExceptionally(cause);
            var _ = context.close();
        }
    }

    /// Nothing is left to do when the server binds it.
    private static final class AlreadyBound extends ChannelOutboundHandlerAdapter {
        @Override
        public void bind(ChannelHandlerContext context, SocketAddress address, ChannelPromise promise) {
            promise.setSuccess();
        }
    }
}
