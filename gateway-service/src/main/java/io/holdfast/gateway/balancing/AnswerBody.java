package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.gateway.stream.OpenStreams;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Watches the body of the accepted answer go by.
final class AnswerBody extends ServerHttpResponseDecorator {
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final Supplier<@Nullable Attempt> accepted;
    private final Supplier<OpenStreams.@Nullable Stop> stop;
    private final Duration quietTime;
    private final boolean headOnly;

    /// @param stop of an answer that stays; null for any other
    /// @param quietTime longest time in which nothing comes from an answer that stays
    /// @param headOnly whether the answer has the length of a body and none
    AnswerBody(
            ServerHttpResponse response,
            Supplier<@Nullable Attempt> accepted,
            Supplier<OpenStreams.@Nullable Stop> stop,
            Duration quietTime,
            boolean headOnly) {
        super(response);
        this.accepted = accepted;
        this.stop = stop;
        this.quietTime = quietTime;
        this.headOnly = headOnly;
    }

    /// A small body is awaited and leaves together with its head, in one system call instead of two.
    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        Publisher<? extends DataBuffer> watched = watched(body);
        return super.writeWith(small() ? DataBufferUtils.join(watched, MOST_AT_ONCE) : watched);
    }

    private boolean small() {
        long length = getHeaders().getContentLength();
        return length > 0 && length <= MOST_AT_ONCE && !headOnly && stop.get() == null;
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(watched(body));
    }

    private <T> Publisher<T> watched(Publisher<T> body) {
        Attempt attempt = accepted.get();
        if (attempt == null) {
            return body;
        }
        Flux<T> watched = Flux.from(body)
                .doOnComplete(attempt::succeeded)
                .doOnError(error -> {
                    TransportFailure failure = TransportFailure.of(error);
                    attempt.failed(failure.kind(), failure.why());
                })
                .doOnCancel(attempt::cancelled);
        OpenStreams.Stop told = stop.get();
        return told == null ? watched : stays(watched, told);
    }

    /// Ends like an answer that is complete: who listens to an event stream then connects again.
    private <T> Flux<T> stays(Flux<T> body, OpenStreams.Stop told) {
        return body.timeout(quietTime, Flux.empty()).takeUntilOther(told.asMono());
    }
}
