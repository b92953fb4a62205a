package io.holdfast.contract.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemAdviceTest {
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Failing())
            .setControllerAdvice(new ProblemAdvice())
            .build();

    @RestController
    static final class Failing {
        @GetMapping("/fail/{how}")
        void fail(@PathVariable String how, HttpServletResponse response) throws Exception {
            response.getOutputStream().write("half".getBytes(StandardCharsets.US_ASCII));
            throw switch (how) {
                case "problem" ->
                    new ProblemException(ProblemType.PRECONDITION_FAILED, "Too late.")
                            .with("etag", "\"7\"")
                            .withHeader("ETag", "\"7\"");
                case "end" -> new EOFException("5 of 6 bytes");
                case "timeout" -> new IOException(new SocketTimeoutException("slow"));
                case "committed" -> {
                    response.flushBuffer();
                    yield new IOException("gone");
                }
                default -> new IllegalStateException("secret");
            };
        }

        @PostMapping(
                path = "/typed",
                consumes = MediaType.APPLICATION_JSON_VALUE,
                produces = MediaType.APPLICATION_JSON_VALUE)
        String typed(@RequestParam("n") int n) {
            return "{\"n\":" + n + "}";
        }
    }

    @Test
    void passesAProblemOnWithItsMembersAndHeaders() throws Exception {
        MockHttpServletResponse response = get("/fail/problem");
        JsonNode problem = problem(response);
        assertThat(response.getStatus()).isEqualTo(412);
        assertThat(problem.path("type").asString()).isEqualTo("urn:holdfast:problem:precondition-failed");
        assertThat(problem.path("detail").asString()).isEqualTo("Too late.");
        assertThat(problem.path("etag").asString()).isEqualTo("\"7\"");
        assertThat(response.getHeader("ETag")).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @CsvSource({"end,400,malformed-request", "timeout,408,request-timeout", "bug,500,internal-error"})
    void makesProblemsOfFailures(String how, int status, String type) throws Exception {
        MockHttpServletResponse response = get("/fail/" + how);
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(problem(response).path("type").asString()).isEqualTo("urn:holdfast:problem:" + type);
        assertThat(response.getContentAsString()).doesNotContain("secret").doesNotContain("half");
    }

    @Test
    void leavesAnAnswerThatHasBegunToTheServer() {
        ProblemException gone = new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "Gone.");
        BegunAnswers begun = new BegunAnswers();
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpServletResponse response = new MockHttpServletResponse();
        assertThat(begun.resolveException(request, response, null, gone)).isNull();
        response.setCommitted(true);
        assertThatThrownBy(() -> begun.resolveException(request, response, null, gone))
                .isSameAs(gone);
        assertThatThrownBy(() -> get("/fail/committed")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/nothing,application/json,application/json,404,not-found",
        "GET,/typed?n=1,application/json,application/json,405,method-not-allowed",
        "POST,/typed?n=1,text/plain,application/json,415,unsupported-media-type",
        "POST,/typed?n=1,application/json,image/png,406,not-acceptable",
        "POST,/typed?n=x,application/json,application/json,400,malformed-request",
        "POST,/typed,application/json,application/json,400,malformed-request",
    })
    void givesTheFrameworksErrorsAStableType(
            String method, String path, String content, String accept, int status, String type) throws Exception {
        MockHttpServletResponse response = mvc.perform(
                        MockMvcRequestBuilders.request(HttpMethod.valueOf(method), URI.create(path))
                                .header("Content-Type", content)
                                .header("Accept", accept)
                                .content("{}"))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(status);
        JsonNode problem = problem(response);
        assertThat(problem.path("type").asString()).isEqualTo("urn:holdfast:problem:" + type);
        assertThat(problem.path("detail").asString()).isNotBlank().doesNotContain("static resource");
        assertThat(response.getHeader("Allow")).isEqualTo(status == 405 ? "POST" : null);
    }

    private MockHttpServletResponse get(String path) throws Exception {
        return mvc.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse();
    }

    private static JsonNode problem(MockHttpServletResponse response) throws IOException {
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        return new JsonMapper().readTree(response.getContentAsString());
    }
}
