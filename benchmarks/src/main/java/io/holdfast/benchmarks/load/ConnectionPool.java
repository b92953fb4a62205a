package io.holdfast.benchmarks.load;

import io.holdfast.benchmarks.transport.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/// Keep-alive connections to one target, at most a given number, with a bounded queue of requests before
/// them. Belongs to one event loop.
final class ConnectionPool implements Connection.Owner {
    private final EventLoop loop;
    private final int mostConnections;
    private final int mostWaiting;
    private final long limitNanos;
    private final Bootstrap bootstrap;
    private final Target target;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Queue<Exchange> waiting = new ArrayDeque<>();
    private int connecting;
    private int opened;
    private boolean closed;

    /// @param limit how long a request may take, from its intended start
    ConnectionPool(EventLoop loop, Target target, int mostConnections, int mostWaiting, Duration limit) {
        this.loop = loop;
        this.mostConnections = mostConnections;
        this.mostWaiting = mostWaiting;
        limitNanos = limit.toNanos();
        this.target = target;
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(EventLoops.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(limit.toMillis(), Integer.MAX_VALUE))
                .remoteAddress(target.host(), target.port())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder());
                    }
                });
    }

    void submit(Exchange exchange) {
        Connection connection = idle.pollLast();
        if (connection != null) {
            connection.send(exchange);
            return;
        }
        if (waiting.size() >= mostWaiting) {
            exchange.end(new Outcome.Failed(Outcome.Kind.NOT_SENT));
            return;
        }
        waiting.add(exchange);
        connectMore();
    }

    /// Ends what takes too long. To be called now and then.
    void sweep() {
        long now = System.nanoTime();
        List<Connection> overdue = new ArrayList<>();
        for (Connection connection : open) {
            if (Exchange.isOverdue(connection.current(), now, limitNanos)) {
                overdue.add(connection);
            }
        }
        overdue.forEach(connection -> connection.abandon(new Outcome.Failed(Outcome.Kind.TIMED_OUT)));
        while (Exchange.isOverdue(waiting.peek(), now, limitNanos)) {
            waiting.remove().end(new Outcome.Failed(Outcome.Kind.NOT_SENT));
        }
    }

    void close() {
        closed = true;
        List.copyOf(open).forEach(Connection::close);
    }

    private void connectMore() {
        while (!closed && connecting < waiting.size() && open.size() + connecting < mostConnections) {
            connecting++;
            var _ = bootstrap.connect().addListener(done -> connected((ChannelFuture) done));
        }
    }

    private void connected(ChannelFuture done) {
        connecting--;
        if (!done.isSuccess()) {
            Exchange exchange = waiting.poll();
            if (exchange != null) {
                exchange.end(new Outcome.Failed(Outcome.Kind.NOT_CONNECTED));
            }
            loop.execute(this::connectMore);
            return;
        }
        ByteBuf request = Unpooled.copiedBuffer(target.requestBytes(opened++ % mostConnections));
        Connection connection = new Connection(done.channel(), request, this);
        done.channel().pipeline().addLast(connection);
        open.add(connection);
        free(connection);
    }

    @Override
    public void free(Connection connection) {
        Exchange next = waiting.poll();
        if (next != null) {
            connection.send(next);
        } else if (closed) {
            connection.close();
        } else {
            idle.addLast(connection);
        }
    }

    @Override
    public void closed(Connection connection) {
        open.remove(connection);
        idle.remove(connection);
        connectMore();
    }
}
