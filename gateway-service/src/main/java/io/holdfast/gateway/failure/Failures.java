package io.holdfast.gateway.failure;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import reactor.netty.channel.AbortedException;

/// Sorts what can go wrong on the way to a service and back.
final class Failures {
    private Failures() {}

    static ProblemException problemOf(Throwable failure, ServerHttpRequest request) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case ErrorResponse response -> ofStatus(response, request);
            case ConnectException _ -> unavailable();
            case UnknownHostException _ -> unavailable();
            case TimeoutException _ ->
                new ProblemException(
                        ProblemType.DEADLINE_EXCEEDED,
                        "The service did not answer in time. The request may have been applied; repeat it if it is safe to.");
            case IOException _ -> broken();
            case AbortedException _ -> broken();
            default ->
                new ProblemException(
                        ProblemType.INTERNAL_ERROR,
                        "The request could not be served. The gateway's log says why, under this answer's request id.");
        };
    }

    private static ProblemException ofStatus(ErrorResponse response, ServerHttpRequest request) {
        int status = response.getStatusCode().value();
        return switch (status) {
            case 404 ->
                new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is nothing at %s. The API is under /api/v1, its description at /swagger-ui.html."
                                .formatted(request.getURI().getRawPath()));
            case 405 ->
                new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED, "%s is not allowed here.".formatted(request.getMethod()));
            case 503 -> unavailable();
            case 504 -> new ProblemException(ProblemType.DEADLINE_EXCEEDED, "The service did not answer in time.");
            default ->
                status < 500
                        ? new ProblemException(ProblemType.MALFORMED_REQUEST, "The request cannot be understood.")
                        : new ProblemException(
                                ProblemType.INTERNAL_ERROR,
                                "The request could not be served. The gateway's log says why, under this answer's request id.");
        };
    }

    private static ProblemException broken() {
        return new ProblemException(
                ProblemType.BAD_GATEWAY,
                "The connection to the service broke before its answer. The request may have been applied.");
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemType.SERVICE_UNAVAILABLE, "No instance of the service can be reached. Try again in a moment.");
    }
}
