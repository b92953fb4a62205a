package io.holdfast.gateway.connection;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/// What a client sent before the request under way was over here: requests it sent ahead without
/// waiting for answers, and, far more often, its next request, because it had the last byte of an
/// answer before the layers above had told that it was the last. Heads and bodies wait in the order
/// they came. The first request that is too many ends the taking: what was taken is answered, then
/// the connection closes, and the client repeats the rest (RFC 9112, 9.3.2).
final class Pipelined {
    private final int limit;
    private final Queue<Object> waiting = new ArrayDeque<>(0);
    private int requests;
    private boolean overflowed;

    /// @param limit the most requests that wait
    Pipelined(int limit) {
        this.limit = limit;
    }

    void add(Object message) {
        if (message instanceof HttpRequest && requests++ >= limit) {
            overflowed = true;
        }
        if (overflowed) {
            ReferenceCountUtil.release(message);
        } else {
            waiting.add(message);
        }
    }

    /// The message that waited longest; there must be one.
    Object poll() {
        Object message = waiting.remove();
        if (message instanceof HttpRequest) {
            requests--;
        }
        return message;
    }

    boolean startsWithRequest() {
        return waiting.peek() instanceof HttpRequest;
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
}
