package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.RequestId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// Stands between the HTTP codec of one client connection and everything above, and holds the client
/// to the limits. What breaks one is answered here with a problem, and the connection ends: the layers
/// above then see it as closed, which makes them cancel what they had under way.
///
/// It is one handler and not a row of filters because the decoder's failures never reach a filter, and
/// because counting bytes and looking at one timer on the event loop costs next to nothing, where an
/// operator and a timer for each request would not.
///
/// Layers above see one request at a time. Confined to the connection's event loop.
final class ConnectionGuard extends ChannelDuplexHandler {
    private final Rules rules;
    private final Pipelined pipelined;
    private final Watch watch;

    private @Nullable ClientRequest current;
    private boolean connected;
    private boolean sawMessage;
    private boolean lastAnswer;
    private boolean ended;
    private boolean closeSeenAbove;
    private boolean readLater;

    ConnectionGuard(Rules rules) {
        this.rules = rules;
        this.pipelined = new Pipelined(rules.limits().pipelinedRequests());
        this.watch = new Watch(rules.limits(), this::expired);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected = rules.connections().enter();
        context.fireChannelActive();
        if (!connected) {
            refuse(context, rules.tooManyConnections());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        watch.stop();
        pipelined.clear();
        finish();
        if (connected) {
            connected = false;
            rules.connections().leave();
        }
        closeAbove(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        sawMessage = true;
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (pipelined.inUse() || (message instanceof HttpRequest && current != null)) {
            pipelined.add(message);
        } else {
            take(context, message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        switch (message) {
            case HttpRequest request -> begin(context, request);
            case HttpContent content -> content(context, content);
            default -> context.fireChannelRead(message);
        }
    }

    /// A read that ends without a message has brought a part of a request head.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!ended) {
            if (current != null && current.bodyPending()) {
                watch.bodyStalls(context);
            } else if (current == null && !pipelined.inUse() && !sawMessage) {
                watch.headBegins(context);
            }
        }
        sawMessage = false;
        context.fireChannelReadComplete();
    }

    /// While messages wait, none are read on top, so that no more wait than came with one read.
    @Override
    public void read(ChannelHandlerContext context) {
        if (pipelined.inUse()) {
            readLater = true;
            return;
        }
        if (current != null && current.bodyPending()) {
            watch.bodyMoves();
        }
        context.read();
    }

    private void begin(ChannelHandlerContext context, HttpRequest message) {
        ClientRequest request = new ClientRequest(message);
        current = request;
        watch.headComplete();
        try {
            rules.admit(message, request);
        } catch (ProblemException problem) {
            ReferenceCountUtil.release(message);
            refuse(context, problem);
            return;
        }
        message.headers().set(RequestId.HEADER, request.id());
        context.channel().attr(ClientRequest.CURRENT).set(request);
        watch.requestBegins(context, request);
        request.forward();
        context.fireChannelRead(message);
    }

    private void content(ChannelHandlerContext context, HttpContent content) {
        ClientRequest request = current;
        if (request == null) {
            content.release(); // the body of a request that was not taken
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(context, RequestHead.undecodable(content.decoderResult().cause()));
        } else if (!request.takeBody(content.content().readableBytes())) {
            content.release();
            refuse(context, rules.bodyTooLarge(request));
        } else {
            if (content instanceof LastHttpContent) {
                request.bodyComplete();
            }
            context.fireChannelRead(content);
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
        if (message instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                request.continueSent();
                var _ = context.write(message, promise);
                return;
            }
            head(request, response);
        }
        if (message instanceof LastHttpContent) {
            last(context, message, promise);
        } else {
            var _ = context.write(message, promise);
        }
    }

    private void head(ClientRequest request, HttpResponse response) {
        request.answer(response.status().code());
        response.headers().set(RequestId.HEADER, request.id());
        if (request.bodyPending() || pipelined.exhausted()) {
            lastAnswer = true;
            HttpUtil.setKeepAlive(response, false);
        }
    }

    private void last(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean clientSends = pipelined.exhausted() || (current != null && current.clientSends());
        finish();
        if (lastAnswer || pipelined.exhausted()) {
            ended = true;
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
            read(context);
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

    private void expired(ChannelHandlerContext context, ProblemType type) {
        if (!ended) {
            refuse(context, rules.expired(type, current));
        }
    }

    /// Answers in place of the layers above, if the answer has not begun, and ends the connection.
    private void refuse(ChannelHandlerContext context, ProblemException problem) {
        ClientRequest request = current;
        ended = true;
        if (request != null && request.answered()) {
            finish();
            var _ = context.close();
            return;
        }
        boolean toHead = request != null && request.method().equals(HttpMethod.HEAD);
        boolean clientSends = request == null || request.clientSends();
        boolean forwarded = request != null && request.forwarded();
        String id = request == null ? RequestId.orNew(null) : request.id();
        if (request != null) {
            request.answer(problem.type().status());
        }
        finish();
        context.writeAndFlush(ProblemAnswer.of(problem, id, toHead, rules.json()))
                .addListener((ChannelFutureListener) _ -> end(context.channel(), clientSends));
        if (forwarded) {
            closeAbove(context);
        }
    }

    private void end(Channel channel, boolean clientSends) {
        if (clientSends) {
            LingeringClose.begin(channel, rules.limits());
        } else {
            var _ = channel.pipeline().context(this).close();
        }
    }

    private void closeAbove(ChannelHandlerContext context) {
        if (!closeSeenAbove) {
            closeSeenAbove = true;
            context.fireChannelInactive();
        }
    }

    private void finish() {
        if (current != null) {
            rules.finish(current);
            watch.requestEnds();
            current = null;
        }
    }
}
