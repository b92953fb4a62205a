package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.gateway.RawClient.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What every problem must look like from outside.
final class Problem {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Problem() {}

    /// Asserts that the answer is a problem of the type, complete and under a request id; gives its detail.
    static String assertIs(Answer answer, ProblemType type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(type.status());
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.header("Retry-After")).isEqualTo(type.retriable() ? "1" : "");
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.propertyNames()).contains("type", "title", "status", "detail");
        assertThat(body.get("type").asString()).isEqualTo(type.uri().toString());
        assertThat(body.get("title").asString()).isEqualTo(type.title());
        assertThat(body.get("status").asInt()).isEqualTo(type.status());
        return body.get("detail").asString();
    }
}
