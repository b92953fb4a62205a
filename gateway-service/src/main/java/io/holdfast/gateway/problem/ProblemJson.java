package io.holdfast.gateway.problem;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/// Writes problems. Thread-safe.
public final class ProblemJson {
    private final JsonMapper json;

    ProblemJson(JsonMapper json) {
        this.json = json;
    }

    /// The body, `application/problem+json`.
    public byte[] body(ProblemException problem) {
        return json.writeValueAsBytes(problem.getBody());
    }

    /// The headers that belong to the problem, apart from those that describe the body.
    public HttpHeaders headers(ProblemException problem) {
        HttpHeaders headers = problem.getHeaders();
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return headers;
    }
}
