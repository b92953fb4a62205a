package io.holdfast.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One keep-alive connection with at most one request under way. Belongs to its event loop.
final class Connection extends ChannelInboundHandlerAdapter {
    private final Owner owner;
    private final ByteBuf request;
    private final Channel channel;
    private @Nullable Exchange current;
    private int status;
    private boolean keep = true;

    /// Hears what becomes of a connection.
    interface Owner {
        void free(Connection connection);

        void closed(Connection connection);
    }

    /// @param request sent for every exchange; stays the caller's
    Connection(Channel channel, ByteBuf request, Owner owner) {
        this.channel = channel;
        this.request = request;
        this.owner = owner;
    }

    void send(Exchange exchange) {
        current = exchange;
        status = 0;
        exchange.sent(System.nanoTime());
        var _ = channel.writeAndFlush(request.retainedDuplicate());
        if (exchange.cancelAfterNanos() > 0) {
            var _ = channel.eventLoop()
                    .schedule(() -> cancel(exchange), exchange.cancelAfterNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Nullable
    Exchange current() {
        return current;
    }

    /// Ends what is under way, and the connection with it, as the answer may still come.
    void abandon(Outcome outcome) {
        end(outcome);
        var _ = channel.close();
    }

    void close() {
        var _ = channel.close();
    }

    private void cancel(Exchange exchange) {
        if (current == exchange) {
            abandon(new Outcome.Cancelled());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
                abandon(new Outcome.Failed(Outcome.Kind.MALFORMED));
                return;
            }
            if (message instanceof HttpResponse response) {
                status = response.status().code();
                keep = HttpUtil.isKeepAlive(response);
            }
            if (message instanceof LastHttpContent && status >= 200) {
                end(new Outcome.Answered(status));
                recycle();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void recycle() {
        if (keep) {
            owner.free(this);
        } else {
            var _ = channel.close();
        }
    }

    private void end(Outcome outcome) {
        Exchange ended = current;
        current = null;
        if (ended != null) {
            ended.end(outcome);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(new Outcome.Failed(status == 0 ? Outcome.Kind.CLOSED : Outcome.Kind.CUT_OFF));
        owner.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close(); // its end tells what there is to count
    }
}
