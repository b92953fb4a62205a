package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.spring.TransportFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Watches the body of the accepted answer go by.
final class AnswerBody extends ServerHttpResponseDecorator {
    private final Supplier<@Nullable Attempt> accepted;

    AnswerBody(ServerHttpResponse response, Supplier<@Nullable Attempt> accepted) {
        super(response);
        this.accepted = accepted;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return super.writeWith(watched(body));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(watched(body));
    }

    private <T> Publisher<T> watched(Publisher<T> body) {
        Attempt attempt = accepted.get();
        return attempt == null
                ? body
                : Flux.from(body)
                        .doOnComplete(attempt::succeeded)
                        .doOnError(error -> {
                            TransportFailure failure = TransportFailure.of(error);
                            attempt.failed(failure.kind(), failure.why());
                        })
                        .doOnCancel(attempt::cancelled);
    }
}
