package io.holdfast.gateway.problem;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.RequestId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/// Answers whatever ended an exchange early with a problem. Only what nobody foresaw is logged, once
/// and under the request's id.
@Order(-2)
final class ProblemExceptionHandler implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private final ProblemJson json;

    ProblemExceptionHandler(ProblemJson json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (failure instanceof AbortedException) {
            return Mono.empty(); // the client is gone, and with it the connection
        }
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        ProblemException problem = Problems.of(failure, exchange.getRequest());
        if (problem.type() == ProblemType.INTERNAL_ERROR || problem.type() == ProblemType.BAD_GATEWAY) {
            report(exchange.getRequest(), failure);
        }
        return write(response, problem);
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

    private static void report(ServerHttpRequest request, Throwable failure) {
        String id = request.getHeaders().getFirst(RequestId.HEADER);
        try (MDC.MDCCloseable _ = MDC.putCloseable(RequestId.LOG_KEY, id)) {
            log.error("{} {} failed", request.getMethod(), request.getURI().getRawPath(), failure);
        }
    }
}
