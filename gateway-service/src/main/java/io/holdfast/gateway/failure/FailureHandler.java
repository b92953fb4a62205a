package io.holdfast.gateway.failure;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.trace.LogContext;
import io.holdfast.gateway.connection.ClientRequest;
import io.holdfast.gateway.problem.ProblemJson;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/// Answers whatever ended an exchange early with a problem, and logs what an operator should know of,
/// once and under the request's id.
@Order(-2) // before Spring's own, at -1 and 0
final class FailureHandler implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

    private final ProblemJson json;

    FailureHandler(ProblemJson json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        ClientRequest client = ClientRequest.of(request);
        Channel channel = channelOf(request);
        if (!channel.isActive() || (client != null && client.over())) {
            return Mono.empty(); // the client left, or has been answered by its connection's guard
        }
        ProblemException problem = Failures.problemOf(failure, request);
        report(request, client, failure, problem);
        return response.isCommitted() ? cut(channel) : write(response, problem);
    }

    /// A half-sent answer must not look complete, so its connection breaks, and with it the exchange.
    private static Mono<Void> cut(Channel channel) {
        var _ = channel.close();
        return Mono.never();
    }

    private static Channel channelOf(ServerHttpRequest request) {
        Object connection = ServerHttpRequestDecorator.getNativeRequest(request);
        return ((Connection) connection).channel();
    }

    private Mono<Void> write(ServerHttpResponse response, ProblemException problem) {
        byte[] body = json.body(problem);
        response.setStatusCode(HttpStatusCode.valueOf(problem.type().status()));
        HttpHeaders headers = response.getHeaders();
        headers.clear();
        headers.addAll(json.headers(problem));
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /// @param client null on the management port, whose connections have no guard
    private static void report(
            ServerHttpRequest request, @Nullable ClientRequest client, Throwable failure, ProblemException problem) {
        String path = request.getURI().getRawPath();
        try (LogContext _ = client == null ? null : client.logContext()) {
            switch (problem.type()) {
                case INTERNAL_ERROR -> log.error("{} {} failed", request.getMethod(), path, failure);
                case BAD_GATEWAY -> log.warn("{} {}: {}", request.getMethod(), path, failure.toString());
                default -> log.debug("{} {}: {}", request.getMethod(), path, failure.toString());
            }
        }
    }
}
