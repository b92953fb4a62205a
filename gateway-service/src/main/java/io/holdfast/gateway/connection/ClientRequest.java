package io.holdfast.gateway.connection;

import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.RequestId;
import io.holdfast.contract.trace.LogContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AttributeKey;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.Connection;

/// The request a connection is busy with, from its head to the end of its answer. Confined to the
/// connection's event loop, but for its id, span and deadline.
public final class ClientRequest {
    static final AttributeKey<ClientRequest> CURRENT = AttributeKey.valueOf(ClientRequest.class, "current");

    private final String id;
    private final HttpMethod method;
    private final String target;
    private final long startNanos;
    private final boolean expectsContinue;
    private Allowance allowance = Allowance.NONE;
    private Deadline deadline;
    private boolean bodyPending;
    private long bodyLeft;
    private boolean continued;
    private boolean admitted;
    private boolean forwarded;
    private boolean stays;
    private volatile boolean over;
    private int status = RequestTimes.ABORTED;
    private Span span = Span.getInvalid();

    ClientRequest(HttpRequest request) {
        HttpHeaders headers = request.headers();
        id = RequestId.orNew(headers.get(RequestId.HEADER));
        method = request.method();
        target = request.uri();
        startNanos = System.nanoTime();
        deadline = new Deadline(startNanos + Deadline.DEFAULT.toNanos());
        bodyPending = request.decoderResult().isFailure()
                || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || HttpUtil.getContentLength(request, 0L) > 0;
        expectsContinue = headers.contains(HttpHeaderNames.EXPECT) && HttpUtil.is100ContinueExpected(request);
    }

    /// The request of an exchange; null on a connection without a guard, such as the management port's.
    public static @Nullable ClientRequest of(ServerHttpRequest request) {
        Object connection = ServerHttpRequestDecorator.getNativeRequest(request);
        return ((Connection) connection).channel().attr(CURRENT).get();
    }

    public String id() {
        return id;
    }

    /// Its part of a trace; invalid before it was looked at.
    public Span span() {
        return span;
    }

    void trace(Span begun) {
        span = begun;
    }

    /// Puts its ids in the lines that this thread logs, until that is closed.
    public LogContext logContext() {
        return LogContext.of(id, span);
    }

    /// When the answer must be complete.
    public Deadline deadline() {
        return deadline;
    }

    /// Whether nothing that is written for it reaches the client any more.
    public boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    HttpMethod method() {
        return method;
    }

    String target() {
        return target;
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    Allowance allowance() {
        return allowance;
    }

    void allow(Allowance granted) {
        allowance = granted;
        deadline = new Deadline(startNanos + granted.time().toNanos());
        bodyLeft = granted.bodySize().toBytes();
    }

    /// Whether the allowance covers these further bytes of the body.
    boolean takeBody(int bytes) {
        bodyLeft -= bytes;
        return bodyLeft >= 0;
    }

    boolean bodyPending() {
        return bodyPending;
    }

    void bodyComplete() {
        bodyPending = false;
    }

    /// Whether the client is sending a body, or will: one that waits for `100 Continue` is not.
    boolean clientSends() {
        return bodyPending && (!expectsContinue || continued);
    }

    void continueSent() {
        continued = true;
    }

    boolean admitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    boolean forwarded() {
        return forwarded;
    }

    void forward() {
        forwarded = true;
    }

    /// Whether its answer goes on for as long as both sides want.
    boolean stays() {
        return stays;
    }

    void stay() {
        stays = true;
    }

    boolean answered() {
        return status != RequestTimes.ABORTED;
    }

    void answer(int code) {
        status = code;
    }

    int status() {
        return status;
    }
}
