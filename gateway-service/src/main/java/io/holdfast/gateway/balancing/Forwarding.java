package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Step;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.balancing.spring.report.InstanceHeaders;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.gateway.stream.OpenStreams;
import io.opentelemetry.api.trace.Span;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// One exchange on its way through the instances of its service. The rest of the chain runs once
/// for each attempt, up to the head of the answer; the body follows outside of this and is not
/// retried.
///
/// @param target `lb://` and the service, and path and query if they are not the client's
/// @param knownAgain whether the service knows the request when it comes a second time, and answers as the first time
/// @param hedge whether a late attempt gets company
record Forwarding(
        ServerWebExchange exchange,
        GatewayFilterChain chain,
        Sendable request,
        URI target,
        Upstream upstream,
        InstanceHeaders headers,
        Attempts attempts,
        boolean knownAgain,
        boolean hedge,
        OpenStreams streams,
        Deadline deadline,
        AttemptTrace trace) {
    Mono<Void> send() {
        return take(attempts.next(), this::unavailable);
    }

    private ProblemException unavailable() {
        return Problems.unavailable(target.getAuthority());
    }

    /// @param problem what the client is told where no step is left
    private Mono<Void> take(Step step, Supplier<ProblemException> problem) {
        return switch (step) {
            case Step.Send(Attempt attempt) -> sent(attempt).flatMap(this::judge);
            case Step.Wait(Duration pause) -> Mono.delay(pause).then(Mono.defer(() -> take(attempts.next(), problem)));
            case Step.GiveUp _ -> Mono.error(problem.get());
        };
    }

    private Mono<Ended> sent(Attempt attempt) {
        Optional<Duration> late = hedge ? attempts.hedgeAfter() : Optional.empty();
        return late.isPresent() ? hedged(attempt, late.get()) : run(attempt);
    }

    /// Two attempts, of which the first good one wins. The second one is begun when the first is
    /// late, and hardly when it ended before, however it did. Who is not needed is cancelled: also a
    /// second one that begins while the first is being accepted.
    private Mono<Ended> hedged(Attempt attempt, Duration late) {
        Sinks.Empty<Void> over = Sinks.empty();
        Mono<Ended> first = run(attempt).doOnNext(_ -> over.tryEmitEmpty());
        Mono<Ended> second = Mono.delay(late)
                .takeUntilOther(over.asMono())
                .flatMap(_ -> attempts.hedge().map(this::run).orElseGet(Mono::empty));
        return Flux.merge(first, second)
                .takeUntil(Ended::well)
                .collectList()
                .map(Forwarding::best)
                .doOnDiscard(Ended.class, Forwarding::drop);
    }

    /// The second of two answers that came at the same moment.
    private static void drop(Ended ended) {
        ended.attempt().cancelled();
        ended.own().discard();
    }

    /// The last one, which is good if one is; the other one failed.
    private static Ended best(List<Ended> ended) {
        if (ended.size() == 2) {
            blame(ended.getFirst());
            ended.getFirst().own().discard();
        }
        return ended.getLast();
    }

    /// Whoever picks the answer of one of two attempts cancels both, and the one that has ended must
    /// not notice. A time-out cancels what is before it, but not the attempt, which failed by it. (It is no
    /// `timeout()`, which writes a description of all that is before it, for each request.)
    private Mono<Ended> run(Attempt attempt) {
        Span span = trace.begin(exchange, attempt.instance());
        AttemptExchange own =
                new AttemptExchange(exchange, request, at(attempt.instance()), Deadline.in(attempt.limit()), span);
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        return chain.filter(own)
                .takeUntilOther(Mono.delay(attempt.limit()).doOnNext(_ -> late.set(true)))
                .materialize()
                .map(end -> {
                    over.set(true);
                    Ended ended = new Ended(attempt, own, late.get() ? new TimeoutException() : end.getThrowable());
                    Tracing.end(span, ended.status());
                    return ended;
                })
                .doOnCancel(() -> {
                    if (!over.get()) {
                        span.end();
                        attempt.cancelled();
                        own.discard();
                    }
                })
                .doOnNext(this::listen);
    }

    /// The path and query byte for byte: the client's, where the target has no path of its own.
    private URI at(Instance instance) {
        URI asked = target.getRawPath().isEmpty() ? request.getURI() : target;
        String query = asked.getRawQuery();
        return URI.create(instance.uri() + asked.getRawPath() + (query == null ? "" : "?" + query));
    }

    /// Hears what the instance says of itself, which is not for the client.
    private void listen(Ended ended) {
        if (ended.error() == null) {
            ended.attempt().answered();
            HttpHeaders answer = ended.own().getResponse().getHeaders();
            headers.read(upstream, ended.attempt().instance(), answer::getFirst);
            InstanceHeaders.NAMES.forEach(answer::remove);
        }
    }

    private Mono<Void> judge(Ended ended) {
        Throwable error = ended.error();
        return error == null ? answered(ended) : failed(ended, error);
    }

    private Mono<Void> answered(Ended ended) {
        if (knownAgain && ended.unconfirmed()) {
            Optional<Attempt> more = attempts.resume();
            if (more.isPresent()) {
                return resumed(ended, more.get());
            }
        }
        if (blame(ended)) {
            Step step = attempts.next();
            if (!(step instanceof Step.GiveUp)) {
                ended.own().discard();
                return take(step, this::unavailable);
            }
        }
        return accept(ended);
    }

    /// Asks once more for an unconfirmed write: an attempt's time is a part of the request's. What is answered
    /// then counts, unless it is a failure: that the write was applied is still true.
    private Mono<Void> resumed(Ended unconfirmed, Attempt more) {
        unconfirmed.attempt().cancelled();
        return run(more)
                .flatMap(ended -> {
                    boolean well = ended.well();
                    if (!well) {
                        blame(ended);
                    }
                    (well ? unconfirmed : ended).own().discard();
                    return accept(well ? ended : unconfirmed);
                })
                .doOnCancel(() -> unconfirmed.own().discard());
    }

    private Mono<Void> accept(Ended ended) {
        AnswerFilter.accepted(exchange, ended.attempt());
        ended.own().accept();
        if (ended.stays()) {
            ended.attempt().connected(streams.open(exchange)::now);
        }
        return Mono.empty();
    }

    /// Counts a failure of the instance. Returns whether there was one.
    private static boolean blame(Ended ended) {
        Throwable error = ended.error();
        if (error != null) {
            TransportFailure failure = TransportFailure.of(error);
            ended.attempt().failed(failure.kind(), failure.why());
            return true;
        }
        Optional<Failure> failure = ended.failure();
        failure.ifPresent(kind -> ended.attempt()
                .failed(
                        kind,
                        "answered " + String.valueOf(ended.own().getResponse().getStatusCode())));
        return failure.isPresent();
    }

    private Mono<Void> failed(Ended ended, Throwable error) {
        ended.own().discard();
        if (error instanceof ErrorResponse || request.broken()) {
            ended.attempt().cancelled();
            return Mono.error(error);
        }
        blame(ended);
        ProblemException problem = Problems.of(TransportFailure.of(error), target.getAuthority(), deadline);
        return request.complete() && !exchange.getResponse().isCommitted()
                ? take(attempts.next(), () -> problem)
                : Mono.error(problem);
    }
}
