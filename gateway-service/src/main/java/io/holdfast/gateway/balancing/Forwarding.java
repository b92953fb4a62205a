package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Step;
import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import java.net.URI;
import java.time.Duration;
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
        return take(attempts.next(), Problems.unavailable(target.getAuthority()));
    }

    /// @param problem what the client is told where no step is left
    private Mono<Void> take(Step step, ProblemException problem) {
        return switch (step) {
            case Step.Send(Attempt attempt) -> send(attempt);
            case Step.Wait(Duration pause) -> Mono.delay(pause).then(Mono.defer(() -> take(attempts.next(), problem)));
            case Step.GiveUp _ -> Mono.error(problem);
        };
    }

    private Mono<Void> send(Attempt attempt) {
        AttemptExchange own =
                new AttemptExchange(exchange, request, at(attempt.instance()), Deadline.in(attempt.limit()));
        return chain.filter(own)
                .doOnCancel(() -> {
                    attempt.cancelled();
                    own.discard();
                })
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
            attempt.failed(Failure.REFUSED, "answered " + status.value());
            Step step = attempts.next();
            if (!(step instanceof Step.GiveUp)) {
                own.discard();
                return take(step, Problems.unavailable(target.getAuthority()));
            }
        }
        attempt.succeeded();
        own.accept();
        return Mono.empty();
    }

    private Mono<Void> failed(Attempt attempt, AttemptExchange own, Throwable error) {
        if (error instanceof ErrorResponse || request.broken()) {
            attempt.cancelled();
            own.discard();
            return Mono.error(error);
        }
        TransportFailure failure = TransportFailure.of(error);
        attempt.failed(failure.kind(), failure.why());
        own.discard();
        ProblemException problem = Problems.of(failure, target.getAuthority(), deadline);
        return request.complete() && !exchange.getResponse().isCommitted()
                ? take(attempts.next(), problem)
                : Mono.error(problem);
    }
}
