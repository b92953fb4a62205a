package io.holdfast.benchmarks.origin;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One connection of an origin: work, `/readyz`, and `/control`.
///
/// `PUT /control?service-time=exponential:5ms&concurrency=8` changes the behaviour, `GET /control` shows it
/// together with the counts.
final class OriginConnection extends ChannelInboundHandlerAdapter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CONTROL = "/control";

    private final Origin origin;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpRequest head;
    private boolean answering;

    OriginConnection(Origin origin) {
        this.origin = origin;
    }

    record State(String behaviour, Counts counts) {}

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                if (head != null || request.decoderResult().isFailure()) {
                    var _ = ctx.close();
                    return;
                }
                head = request;
            }
            if (message instanceof LastHttpContent && head != null && !answering) {
                answering = true;
                serve(head);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void serve(HttpRequest request) {
        String uri = request.uri();
        if (uri.startsWith(CONTROL)) {
            answer(control(request));
        } else if (uri.startsWith("/readyz")) {
            answer(origin.behaviour().ready() ? Answers.answer("200 OK", "", "{}") : Answers.unavailable("not ready"));
        } else {
            origin.serve(this);
        }
    }

    private ByteBuf control(HttpRequest request) {
        try {
            if (HttpMethod.PUT.equals(request.method())) {
                Map<String, String> changes = new LinkedHashMap<>();
                new QueryStringDecoder(request.uri())
                        .parameters()
                        .forEach((name, values) -> changes.put(name, values.getLast()));
                origin.change(changes);
            }
            State state = new State(origin.behaviour().toString(), origin.counts());
            return Answers.answer("200 OK", "", JSON.writeValueAsString(state));
        } catch (IllegalArgumentException e) {
            return Answers.answer(
                    "400 Bad Request", "", JSON.writeValueAsString(Map.of("detail", String.valueOf(e.getMessage()))));
        }
    }

    boolean isOpen() {
        return context != null && context.channel().isActive();
    }

    void answer(ByteBuf bytes) {
        boolean keep = head != null && HttpUtil.isKeepAlive(head);
        head = null;
        answering = false;
        send(bytes, !keep);
    }

    void answerAndClose(ByteBuf bytes) {
        send(bytes, true);
    }

    private void send(ByteBuf bytes, boolean close) {
        if (context == null || !isOpen()) {
            return;
        }
        var sent = context.writeAndFlush(bytes);
        if (close) {
            var _ = sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close(); // a client that went away; whoever sent the request counts it
    }
}
