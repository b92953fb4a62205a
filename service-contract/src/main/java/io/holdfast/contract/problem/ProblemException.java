package io.holdfast.contract.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/// Ends a request with a problem. It carries no stack trace: it is an answer, not a fault.
public final class ProblemException extends RuntimeException implements ErrorResponse {
    /// Seconds after which a caller may try again, sent with every retriable problem.
    private static final String RETRY_AFTER_SECONDS = "1";

    private final ProblemType type;
    private final ProblemDetail body;
    private final HttpHeaders headers = new HttpHeaders();

    /// @param detail what is wrong, with the value, the limit and the way out
    public ProblemException(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = type;
        this.body = problem(type, detail);
        if (type.retriable()) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
    }

    /// Adds an extension member to the problem.
    public ProblemException with(String member, Object value) {
        body.setProperty(member, value);
        return this;
    }

    /// Adds a header to the answer.
    public ProblemException withHeader(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatusCode.valueOf(type.status());
    }

    @Override
    public ProblemDetail getBody() {
        return body;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    /// The problem detail of a type.
    public static ProblemDetail problem(ProblemType type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(type.status()), detail);
        problem.setType(type.uri());
        problem.setTitle(type.title());
        return problem;
    }
}
