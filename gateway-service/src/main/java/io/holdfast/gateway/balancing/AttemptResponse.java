package io.holdfast.gateway.balancing;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// Keeps the head of one attempt's answer until it is accepted, or until something is written.
public final class AttemptResponse extends ServerHttpResponseDecorator {
    private HttpHeaders headers = new HttpHeaders();
    private io.netty.handler.codec.http.@Nullable HttpHeaders received;
    private @Nullable HttpStatusCode status;
    private boolean accepted;

    AttemptResponse(ServerHttpResponse response) {
        super(response);
    }

    /// Takes the head of an instance's answer. Its headers are kept, and changed in place.
    public void received(int code, io.netty.handler.codec.http.HttpHeaders answer) {
        status = HttpStatusCode.valueOf(code);
        received = answer;
        headers = new HttpHeaders(new Netty4HeadersAdapter(answer));
    }

    @Override
    public boolean setStatusCode(@Nullable HttpStatusCode next) {
        status = next;
        return !isCommitted();
    }

    @Override
    public boolean setRawStatusCode(@Nullable Integer value) {
        return setStatusCode(value == null ? null : HttpStatusCode.valueOf(value));
    }

    @Override
    public @Nullable HttpStatusCode getStatusCode() {
        return status == null ? super.getStatusCode() : status;
    }

    @Override
    public HttpHeaders getHeaders() {
        return accepted ? super.getHeaders() : headers;
    }

    void accept() {
        if (accepted) {
            return;
        }
        accepted = true;
        if (status != null) {
            super.setStatusCode(status);
        }
        if (received == null) {
            super.getHeaders().addAll(headers);
        } else {
            HttpServerResponse client = getNativeResponse(getDelegate());
            client.responseHeaders().add(received); // a table is copied as a whole
        }
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        accept();
        return super.writeWith(body);
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        accept();
        return super.writeAndFlushWith(body);
    }

    @Override
    public Mono<Void> setComplete() {
        accept();
        return super.setComplete();
    }
}
