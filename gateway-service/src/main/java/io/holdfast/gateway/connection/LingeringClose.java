package io.holdfast.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a connection whose client is still sending. Closing at once would make the kernel answer the
/// unread bytes with a reset, and the reset would take the answer away before the client has read it.
/// So the sending side is closed, and what still arrives is read and thrown away, undecoded, until the
/// client closes, or too much came, or it took too long.
final class LingeringClose extends ChannelInboundHandlerAdapter {
    private final ConnectionLimits limits;
    private long left;
    private @Nullable Future<?> timer;

    private LingeringClose(ConnectionLimits limits) {
        this.limits = limits;
        this.left = limits.drainSize().toBytes();
    }

    /// Begins it on a channel to which everything has been written.
    static void begin(Channel channel, ConnectionLimits limits) {
        if (!channel.isActive() || channel.pipeline().get(LingeringClose.class) != null) {
            return;
        }
        channel.pipeline().addFirst(new LingeringClose(limits));
        if (channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
        channel.config().setAutoRead(true);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor()
                .schedule(() -> close(context), limits.drainTime().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            left -= bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (left < 0) {
            close(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
        context.fireChannelInactive();
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
