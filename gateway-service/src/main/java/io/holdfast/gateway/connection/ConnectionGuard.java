package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.RequestId;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// Holds one client connection to the limits. What breaks one is answered here with a problem, and the
/// connection ends: the layers above then see it as closed, which makes them cancel what they had under
/// way.
///
/// It is one handler and not a row of filters because the decoder's failures never reach a filter, and
/// because counting bytes and looking at one timer on the event loop costs next to nothing, where an
/// operator and a timer for each request would not.
///
/// Stands above [RequestOrder], and so sees one request at a time. Confined to the connection's event
/// loop.
final class ConnectionGuard extends ChannelDuplexHandler {
    private final Rules rules;
    private final RequestOrder order;
    private final Watch watch;

    private boolean connected;
    private boolean sawMessage;
    private boolean closeSeenAbove;

    /// @param order of the same connection
    ConnectionGuard(Rules rules, RequestOrder order) {
        this.rules = rules;
        this.order = order;
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
        finish(order.current());
        if (connected) {
            connected = false;
            rules.connections().leave();
        }
        closeAbove(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        sawMessage = true;
        ClientRequest request = order.current();
        if (request == null) {
            context.fireChannelRead(message);
            return;
        }
        switch (message) {
            case HttpRequest head -> begin(context, request, head);
            case HttpContent content -> content(context, request, content);
            default -> context.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext context, ClientRequest request, HttpRequest head) {
        watch.headComplete();
        rules.trace(head, request);
        try {
            rules.admit(head, request);
        } catch (ProblemException problem) {
            ReferenceCountUtil.release(head);
            refuse(context, problem);
            return;
        }
        head.headers().set(RequestId.HEADER, request.id());
        watch.requestBegins(context, request);
        request.forward();
        context.fireChannelRead(head);
    }

    private void content(ChannelHandlerContext context, ClientRequest request, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(context, RequestHead.undecodable(content.decoderResult().cause()));
        } else if (!request.takeBody(content.content().readableBytes())) {
            content.release();
            refuse(context, rules.bodyTooLarge(request));
        } else {
            context.fireChannelRead(content);
        }
    }

    /// A read that ends without a message has brought a part of a request head.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ClientRequest request = order.current();
        if (request != null && request.bodyPending()) {
            watch.bodyStalls(context);
        } else if (order.idle() && !order.ended() && !sawMessage) {
            watch.headBegins(context);
        }
        sawMessage = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        ClientRequest request = order.current();
        if (request != null && request.bodyPending()) {
            watch.bodyMoves();
        }
        context.read();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ClientRequest request = order.current();
        if (request != null && !isInterim(message)) {
            if (message instanceof HttpResponse head) {
                request.answer(head.status().code());
                head.headers().set(RequestId.HEADER, request.id());
                if (stays(head)) {
                    rules.stays(request);
                    watch.requestEnds();
                }
            }
            if (message instanceof LastHttpContent) {
                finish(request);
            }
        }
        var _ = context.write(message, promise);
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }

    /// Whether an answer goes on for as long as both sides want, so that no deadline is for it.
    private static boolean stays(HttpResponse head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return (type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE))
                || head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }

    private void expired(ChannelHandlerContext context, ProblemType type) {
        if (!order.ended()) {
            refuse(context, rules.expired(type, order.current()));
        }
    }

    /// Answers in place of the layers above, if the answer has not begun, and ends the connection.
    private void refuse(ChannelHandlerContext context, ProblemException problem) {
        ClientRequest request = order.current();
        if (request == null) {
            String id = RequestId.orNew(null);
            order.endWith(context.channel(), ProblemAnswer.of(problem, id, false, rules.json()));
            return;
        }
        if (request.answered()) {
            finish(request);
            order.breakOff(context.channel());
            return;
        }
        request.answer(problem.type().status());
        finish(request);
        boolean toHead = request.method().equals(HttpMethod.HEAD);
        order.endWith(context.channel(), ProblemAnswer.of(problem, request.id(), toHead, rules.json()));
        if (request.forwarded()) {
            closeAbove(context);
        }
    }

    private void closeAbove(ChannelHandlerContext context) {
        if (!closeSeenAbove) {
            closeSeenAbove = true;
            context.fireChannelInactive();
        }
    }

    private void finish(@Nullable ClientRequest request) {
        if (request != null) {
            rules.finish(request);
            watch.requestEnds();
        }
    }
}
