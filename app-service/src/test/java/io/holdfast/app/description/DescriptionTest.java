package io.holdfast.app.description;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class DescriptionTest extends AppServiceTest {
    private final RequestMappingHandlerMapping calls;

    DescriptionTest(@Autowired RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.calls = requestMappingHandlerMapping;
    }

    @Test
    void describesExactlyTheCallsThatExist() throws IOException {
        Set<String> existing = new TreeSet<>();
        calls.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> existing.add(method + " " + path))));
        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, _) -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));
        assertThat(described).isEqualTo(existing).hasSize(13);
    }

    @Test
    void showsAnExampleOfEveryAnswerAndBody() throws IOException {
        JsonNode description = description();
        description
                .path("paths")
                .forEach(path -> path.forEachEntry((method, call) -> {
                    if (!method.equals("parameters")) {
                        requireExamples(call.path("requestBody").path("content"));
                        call.path("responses").forEach(response -> requireExamples(response.path("content")));
                    }
                }));
        description.path("components").path("responses").forEach(response -> requireExamples(response.path("content")));
    }

    private static void requireExamples(JsonNode content) {
        content.forEachEntry((type, body) ->
                assertThat(body.has("example")).as(type + " " + body).isTrue());
    }

    @Test
    void namesOnlyProblemsThatExist() throws IOException {
        description()
                .path("components")
                .path("responses")
                .forEach(response -> assertThat(Arrays.stream(ProblemType.values())
                                .map(type -> type.uri().toString()))
                        .contains(response.path("content")
                                .path("application/problem+json")
                                .path("example")
                                .path("type")
                                .asString()));
    }

    @Test
    void asksForTheApiKeyAndWorksBehindTheGateway() throws IOException {
        JsonNode description = description();
        assertThat(description.path("servers").toString()).isEqualTo("[{\"url\":\"/\"}]");
        assertThat(description.at("/components/securitySchemes/apiKey/scheme").asString())
                .isEqualTo("bearer");
        assertThat(description.path("openapi").asString()).startsWith("3.1");
    }

    @Test
    void hasAPageToTryItOut() throws IOException {
        Answer page = client.get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(client.get("/swagger-ui/swagger-initializer.js").text()).contains("/v3/api-docs/swagger-config");
        assertThat(client.get("/v3/api-docs/swagger-config").json().path("url").asString())
                .isEqualTo("/v3/api-docs");
    }

    private JsonNode description() throws IOException {
        Answer answer = client.get("/v3/api-docs");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
