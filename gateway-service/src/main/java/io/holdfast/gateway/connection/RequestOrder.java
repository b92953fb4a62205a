package io.holdfast.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Shows the layers above one request of a connection at a time: the next one when the answer of the one
/// before has been written. Knows which answer is the connection's last, and ends the connection so that
/// the client gets to read it.
///
/// The last answer is the one before whose end a client sends too much ahead, or one that comes while the
/// client is still sending the request, because where that ends is not waited for; and each one while the
/// gateway is about to stop. Confined to the
/// connection's event loop.
final class RequestOrder extends ChannelDuplexHandler {
    private final ConnectionLimits limits;
    private final Pipelined pipelined;
    private final BooleanSupplier leaving;

    private @Nullable ClientRequest current;
    private boolean lastAnswer;
    private boolean ended;
    private boolean readLater;

    /// @param leaving whether clients are to leave
    RequestOrder(ConnectionLimits limits, BooleanSupplier leaving) {
        this.limits = limits;
        this.leaving = leaving;
        this.pipelined = new Pipelined(limits.pipelinedRequests());
    }

    /// The request that the layers above are busy with.
    @Nullable
    ClientRequest current() {
        return current;
    }

    /// Whether the client has nothing under way here.
    boolean idle() {
        return current == null && !pipelined.inUse();
    }

    /// Whether the last answer has been written; nothing goes up or down any more.
    boolean ended() {
        return ended;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
        } else if (pipelined.inUse() || (message instanceof HttpRequest && current != null)) {
            pipelined.add(message);
        } else {
            take(context, message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            current = new ClientRequest(request);
            context.channel().attr(ClientRequest.CURRENT).set(current);
        } else if (message instanceof HttpContent && current == null) {
            ReferenceCountUtil.release(message); // the body of a request that was not taken
            return;
        }
        if (current != null
                && message instanceof LastHttpContent last
                && last.decoderResult().isSuccess()) {
            current.bodyComplete();
        }
        context.fireChannelRead(message);
    }

    /// While messages wait, none are read on top, so that no more wait than came with one read.
    @Override
    public void read(ChannelHandlerContext context) {
        if (pipelined.inUse() && !ended) {
            readLater = true;
        } else {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ClientRequest request = current;
        if (ended || request == null) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        boolean last = message instanceof LastHttpContent;
        if (message instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                request.continueSent();
                last = false;
            } else if (request.bodyPending() || pipelined.exhausted() || mayLeave()) {
                lastAnswer = true;
                HttpUtil.setKeepAlive(response, false);
            }
        }
        if (last) {
            finish(context, request, message, promise);
        } else {
            var _ = context.write(message, promise);
        }
    }

    /// Requests that wait are answered first.
    private boolean mayLeave() {
        return !pipelined.inUse() && leaving.getAsBoolean();
    }

    private void finish(ChannelHandlerContext context, ClientRequest request, Object message, ChannelPromise promise) {
        current = null;
        if (lastAnswer || pipelined.exhausted()) {
            ended = true;
            boolean clientSends = pipelined.exhausted() || request.clientSends();
            context.write(message, promise.unvoid())
                    .addListener((ChannelFutureListener) _ -> end(context.channel(), clientSends));
        } else {
            var _ = context.write(message, promise);
            if (!pipelined.isEmpty()) {
                context.executor().execute(() -> next(context));
            }
        }
    }

    /// Takes up what waited, up to the request that has to wait for this one's answer.
    private void next(ChannelHandlerContext context) {
        while (!ended && !pipelined.isEmpty() && (current == null || !pipelined.startsWithRequest())) {
            take(context, pipelined.poll());
        }
        if (readLater && !pipelined.inUse()) {
            readLater = false;
            context.read();
        }
    }

    /// Ends the connection with an answer in place of that of the layers above, or with one that nobody
    /// has asked for.
    void endWith(Channel channel, FullHttpResponse answer) {
        boolean clientSends = current == null || current.clientSends();
        abandon();
        channel.pipeline().context(this).writeAndFlush(answer).addListener((ChannelFutureListener)
                _ -> end(channel, clientSends));
    }

    /// Ends the connection within an answer, which tells the client that it is incomplete.
    void breakOff(Channel channel) {
        abandon();
        var _ = channel.pipeline().context(this).close();
    }

    private void abandon() {
        ended = true;
        current = null;
        pipelined.clear();
    }

    private void end(Channel channel, boolean clientSends) {
        if (clientSends) {
            LingeringClose.begin(channel, limits);
        } else {
            var _ = channel.pipeline().context(this).close();
        }
    }

    /// Above, a connection ends when its answer is written; a client that is still sending would lose it.
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (ended) {
            context.channel().closeFuture().addListener(_ -> promise.trySuccess());
        } else {
            var _ = context.close(promise);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!ended) {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pipelined.clear();
        context.fireChannelInactive();
        current = null;
    }
}
