package io.holdfast.app.server;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.RequestId;
import io.holdfast.contract.servlet.ProblemWriter;
import io.holdfast.contract.servlet.RequestSpan;
import io.holdfast.contract.trace.LogContext;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports as a problem what the server refuses before any filter sees it, such as an address it
/// cannot parse.
final class ProblemReportValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    /// "Not implemented" and "version not supported": in these the server speaks of what was sent.
    private static final Set<Integer> CLIENTS_5XX = Set.of(501, 505);

    private final ProblemWriter problems;

    ProblemReportValve(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String id = response.getHeader(RequestId.HEADER);
        if (id == null) {
            id = RequestId.orNew(request.getHeader(RequestId.HEADER));
            response.setHeader(RequestId.HEADER, id);
        }
        try (LogContext _ = LogContext.of(id, RequestSpan.of(request))) {
            if (failure != null && status >= 500) {
                log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            }
            problems.write(response, problem(status, failure));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The caller left before a problem was reported", e);
        }
    }

    private static ProblemException problem(int status, @Nullable Throwable failure) {
        return switch (status) {
            case 404 -> new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this address.");
            case 405 -> new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This method is not allowed here.");
            case 408 ->
                new ProblemException(
                        ProblemType.REQUEST_TIMEOUT, "The request did not arrive in time. Send it without pauses.");
            case 413 -> new ProblemException(ProblemType.BODY_TOO_LARGE, "The body is too large.");
            case 431 -> new ProblemException(ProblemType.HEADERS_TOO_LARGE, "The request's headers are too large.");
            case 503 -> new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The service is not ready.");
            default -> status < 500 || CLIENTS_5XX.contains(status) ? malformed(failure) : unexpected();
        };
    }

    private static ProblemException malformed(@Nullable Throwable failure) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                failure instanceof IOException
                        ? "The request body ended before it was complete, or its chunks are malformed. Send it whole."
                        : "The request is no valid HTTP: its address holds characters that must be percent-encoded or "
                                + "a malformed percent sequence, or a header is malformed or too large.");
    }

    private static ProblemException unexpected() {
        return new ProblemException(
                ProblemType.INTERNAL_ERROR,
                "The request could not be served. The service's log says why, under this answer's request id.");
    }
}
