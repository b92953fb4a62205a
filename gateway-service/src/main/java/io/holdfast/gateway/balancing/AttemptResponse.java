package io.holdfast.gateway.balancing;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/// Keeps the head of one attempt's answer until it is accepted, or until something is written.
final class AttemptResponse extends ServerHttpResponseDecorator {
    private final HttpHeaders headers = new HttpHeaders();
    private @Nullable HttpStatusCode status;
    private boolean accepted;

    AttemptResponse(ServerHttpResponse response) {
        super(response);
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
        super.getHeaders().addAll(headers);
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
