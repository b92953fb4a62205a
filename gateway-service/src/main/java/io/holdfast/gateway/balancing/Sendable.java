package io.holdfast.gateway.balancing;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/// A client's request with a body that knows whether it can be sent once more. The server's own
/// request may look empty to whom reads it a second time, so nothing else decides about that.
public abstract sealed class Sendable extends ServerHttpRequestDecorator {
    private Sendable(ServerHttpRequest request) {
        super(request);
    }

    /// Whether there is no body to send.
    public static boolean isEmpty(ServerHttpRequest request) {
        return request instanceof Kept kept && kept.bytes.length == 0;
    }

    /// Whether the whole body is at hand, as one buffer.
    public static boolean isKept(ServerHttpRequest request) {
        return request instanceof Kept;
    }

    /// Whether the body can be sent as often as needed, whatever became of it so far.
    abstract boolean replayable();

    /// Whether the body can be sent at this moment.
    abstract boolean complete();

    /// Whether the client failed to deliver the body.
    abstract boolean broken();

    static Sendable kept(ServerHttpRequest request, byte[] body, DataBufferFactory buffers) {
        return new Kept(request, body, buffers);
    }

    static Sendable streamed(ServerHttpRequest request) {
        return new Streamed(request);
    }

    private static final class Kept extends Sendable {
        private final byte[] bytes;
        private final Flux<DataBuffer> body;

        Kept(ServerHttpRequest request, byte[] bytes, DataBufferFactory buffers) {
            super(request);
            this.bytes = bytes;
            body = bytes.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(buffers.wrap(bytes)));
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body;
        }

        @Override
        boolean replayable() {
            return true;
        }

        @Override
        boolean complete() {
            return true;
        }

        @Override
        boolean broken() {
            return false;
        }
    }

    private static final class Streamed extends Sendable {
        private volatile boolean read;
        private volatile boolean broken;

        Streamed(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().doOnSubscribe(_ -> read = true).doOnError(_ -> broken = true);
        }

        @Override
        boolean replayable() {
            return false;
        }

        @Override
        boolean complete() {
            return !read;
        }

        @Override
        boolean broken() {
            return broken;
        }
    }
}
