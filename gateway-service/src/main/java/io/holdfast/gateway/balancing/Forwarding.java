package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.contract.request.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// One exchange on its way through the instances of its service. The rest of the chain runs once
/// for each attempt, up to the head of the answer; the body follows outside of this and is not
/// retried.
///
/// @param target `lb://`, the service, and the path and query to ask it for
record Forwarding(
        ServerWebExchange exchange,
        GatewayFilterChain chain,
        Sendable request,
        URI target,
        Attempts attempts,
        Deadline deadline) {
    Mono<Void> send() {
        Attempt attempt = attempts.next();
        if (attempt == null) {
            return Mono.error(Problems.unavailable(target.getAuthority()));
        }
        AttemptExchange own =
                new AttemptExchange(exchange, request, at(attempt.instance()), Deadline.in(attempt.limit()));
        return chain.filter(own)
                .doOnCancel(own::discard)
                .timeout(attempt.limit())
                .materialize()
                .flatMap(end -> {
                    Throwable error = end.getThrowable();
                    return error == null ? answered(attempt, own) : failed(attempt, own, error);
                });
    }

    /// The path and query as they came, byte for byte.
    private URI at(Instance instance) {
        String query = target.getRawQuery();
        return URI.create(instance.uri() + target.getRawPath() + (query == null ? "" : "?" + query));
    }

    private Mono<Void> answered(Attempt attempt, AttemptExchange own) {
        HttpStatusCode status = own.getResponse().getStatusCode();
        if (status != null && Failure.refuses(status.value())) {
            Optional<Duration> pause = attempts.failed(attempt, Failure.REFUSED, "answered " + status.value());
            if (pause.isPresent()) {
                return sendAgain(pause.get(), own);
            }
        }
        own.accept();
        return Mono.empty();
    }

    private Mono<Void> failed(Attempt attempt, AttemptExchange own, Throwable error) {
        if (error instanceof ErrorResponse || request.broken()) {
            own.discard();
            return Mono.error(error);
        }
        TransportFailure failure = TransportFailure.of(error);
        Optional<Duration> pause = attempts.failed(attempt, failure.kind(), failure.why());
        if (pause.isPresent() && request.complete() && !exchange.getResponse().isCommitted()) {
            return sendAgain(pause.get(), own);
        }
        own.discard();
        return Mono.error(Problems.of(failure, target.getAuthority(), deadline));
    }

    private Mono<Void> sendAgain(Duration pause, AttemptExchange own) {
        own.discard();
        return pause.isZero() ? send() : Mono.delay(pause).then(Mono.defer(this::send));
    }
}
