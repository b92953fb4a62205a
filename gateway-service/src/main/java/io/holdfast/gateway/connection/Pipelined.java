package io.holdfast.gateway.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The requests that a client sent ahead, without waiting for the answer to the one before. A few
/// without a body may wait. The first that is too many or has a body ends the taking: what was taken
/// is answered, then the connection closes, and the client repeats the rest (RFC 9112, 9.3.2).
final class Pipelined {
    private final int limit;
    private final Queue<HttpRequest> waiting = new ArrayDeque<>(0);
    private boolean overflowed;

    Pipelined(int limit) {
        this.limit = limit;
    }

    void add(HttpRequest request) {
        if (overflowed || waiting.size() >= limit || hasBody(request)) {
            overflowed = true;
            ReferenceCountUtil.release(request);
        } else {
            waiting.add(request);
        }
    }

    @Nullable
    HttpRequest poll() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Whether what arrives belongs to a request other than the one under way.
    boolean inUse() {
        return overflowed || !waiting.isEmpty();
    }

    /// Whether nothing is left to be answered on this connection after the request under way.
    boolean exhausted() {
        return overflowed && waiting.isEmpty();
    }

    void clear() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private static boolean hasBody(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !"0".equals(request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0"));
    }
}
