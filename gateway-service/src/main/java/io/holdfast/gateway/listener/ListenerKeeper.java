package io.holdfast.gateway.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Keeps a listening TCP socket and hands it to gateways that ask for it, each of which accepts connections from it
/// then. A connection that comes while none of them runs waits in the socket's queue, of a bounded length. The keeper
/// itself accepts none, so it costs nothing for a request, and need not be replaced when gateways are.
///
/// Whoever connects to a Unix domain socket is sent the listening socket as a file descriptor (`SCM_RIGHTS`, unix(7)),
/// and stays connected to see the keeper end. Only processes of the keeper's own user can: the file system says so.
///
/// Thread-safe.
public final class ListenerKeeper implements AutoCloseable {
    private static final int CONNECTIONS_THAT_WAIT = 1024;
    private static final int MOST_GATEWAYS = 64;

    private final EventLoopGroup loop;
    private final EpollServerSocketChannel listener;

    private ListenerKeeper(EventLoopGroup loop, EpollServerSocketChannel listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /// Keeps a port until it is told to end.
    ///
    /// @param arguments the address and port to listen at, `0.0.0.0:8080`, and the path of the Unix domain socket
    public static void main(String[] arguments) throws InterruptedException {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        if (arguments.length != 2) {
            System.err.println("Usage: ListenerKeeper ADDRESS:PORT SOCKET");
            System.exit(2);
        }
        try (ListenerKeeper keeper = start(address(arguments[0]), Path.of(arguments[1]))) {
            System.out.printf("Keeping %s for gateways that ask at %s%n", keeper.address(), arguments[1]);
            keeper.listener.closeFuture().sync();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static InetSocketAddress address(String text) {
        URI uri = URI.create("tcp://" + text);
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("%s is no address and port; 0.0.0.0:8080 is".formatted(text));
        }
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    /// @param socket the path of the Unix domain socket; what an earlier keeper left there is replaced
    /// @throws IOException where the port or the path is taken or not allowed
    public static ListenerKeeper start(InetSocketAddress address, Path socket) throws IOException {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            Channel listener = new ServerBootstrap()
                    .group(loop)
                    .channel(EpollServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, CONNECTIONS_THAT_WAIT)
                    .option(ChannelOption.AUTO_READ, false) // reading is accepting
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
            Files.deleteIfExists(socket);
            new ServerBootstrap()
                    .group(loop)
                    .channel(EpollServerDomainSocketChannel.class)
                    .childHandler(new HandOver((EpollServerSocketChannel) listener))
                    .bind(new DomainSocketAddress(socket.toFile()))
                    .syncUninterruptibly();
            return new ListenerKeeper(loop, (EpollServerSocketChannel) listener);
        } catch (Exception e) { // Netty throws checked ones without saying so
            end(loop);
            throw new IOException("Cannot keep %s at %s: %s".formatted(address, socket, e.getMessage()), e);
        }
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return listener.localAddress();
    }

    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// Those that have the listening socket go on accepting from it, but learn of the end.
    @Override
    public void close() {
        end(loop);
    }

    /// For each gateway that connects. Confined to the one event loop.
    @Sharable
    private static final class HandOver extends ChannelInboundHandlerAdapter {
        private final EpollServerSocketChannel listener;
        private int gateways;

        HandOver(EpollServerSocketChannel listener) {
            this.listener = listener;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            gateways++;
            if (gateways > MOST_GATEWAYS) {
                var _ = context.close();
            } else {
                var _ = context.writeAndFlush(listener.fd()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            gateways--;
        }
    }
}
