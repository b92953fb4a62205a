package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.assertProblem;
import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that are wrong whatever they are about get a clear answer through the gateway.
class BadRequestIT {
    private static final String COLLECTION = "bad-requests";

    private final Api api = Platform.shared().api();
    private final int port = Platform.shared().port();

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
    void unknownMediaTypeIsRefused(String contentType) {
        assertProblem(
                api.send("PUT", document(COLLECTION, "a"), utf8("{}"), "Content-Type", contentType),
                415,
                "unsupported-media-type");
        assertProblem(
                api.send("PATCH", document(COLLECTION, "a"), utf8("{}"), "Content-Type", contentType),
                415,
                "unsupported-media-type");
        assertProblem(api.post(documents(COLLECTION) + ":bulk", contentType, "{}"), 415, "unsupported-media-type");
    }

    @Test
    void unacceptableAcceptIsRefused() {
        api.put(COLLECTION, "a", "{}");
        assertProblem(api.get(document(COLLECTION, "a"), "Accept", "text/html"), 406, "not-acceptable");
        assertProblem(api.get(documents(COLLECTION), "Accept", "image/png"), 406, "not-acceptable");
    }

    @Test
    void unknownMethodIsRefusedWithTheAllowedOnes() {
        HttpResponse<byte[]> answer = api.send("POST", document(COLLECTION, "a"), utf8("{}"));
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET", "PUT", "PATCH", "DELETE");
        assertProblem(api.send("PUT", "/api/v1/collections", utf8("{}")), 405, "method-not-allowed");
        assertThat(api.send("BREW", document(COLLECTION, "a"), utf8("")).statusCode())
                .isIn(405, 501);
    }

    @Test
    void callWithoutAValidKeyIsRefused() {
        for (String authorization : List.of("", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer " + "x".repeat(5000))) {
            HttpRequest.Builder request = HttpRequest.newBuilder(api.base().resolve("/api/v1/collections"));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            HttpResponse<byte[]> answer = api.send(request.build());
            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer");
        }
    }

    @Test
    void truncatedBodyEndsAndStoresNothing() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head("PUT", "truncated", "Content-Length: 100\r\n") + "{\"a\":1}");
            connection.endOutput();
            connection.readToEnd();
        }
        assertThat(api.get(document(COLLECTION, "truncated")).statusCode()).isEqualTo(404);
    }

    @Test
    void bodyThatStopsComingIsGivenUp() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head("PUT", "slow", "Content-Length: 100\r\n") + "{\"a\":");

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408").contains("request-timeout");
        }
        assertThat(api.get(document(COLLECTION, "slow")).statusCode()).isEqualTo(404);
    }

    private String head(String method, String id, String headers) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n"
                .formatted(method, document(COLLECTION, id), api.key(), headers);
    }

    @Test
    void hundredThousandHeaderBytesAreRefused() throws IOException {
        List<String> headers = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> headers.add("X-%d: %s\r\n".formatted(i, "x".repeat(990))));
        for (String header : List.of("X-Large: " + "x".repeat(100_000) + "\r\n", String.join("", headers))) {
            try (RawConnection connection = new RawConnection(port)) {
                connection.send(head("GET", "a", header));
                assertThat(connection.readToEnd())
                        .startsWith("HTTP/1.1 431")
                        .contains("urn:holdfast:problem:headers-too-large");
            }
        }
    }

    @Test
    void callsAroundTheGatewayAreRefused() {
        for (String name : List.of("app-1", "storage-1")) {
            int inner = Platform.shared().process(name).get("port").asInt();
            HttpResponse<byte[]> answer = new Api(inner, api.key()).get("/api/v1/collections");
            assertProblem(answer, 401, "unauthenticated");
        }
    }

    @Test
    void everyAnswerCarriesARequestId() {
        assertThat(api.get("/api/v1/collections", "X-Request-Id", "my-id.1")
                        .headers()
                        .firstValue("X-Request-Id"))
                .hasValue("my-id.1");
        assertThat(api.get("/nothing").headers().firstValue("X-Request-Id").orElseThrow())
                .isNotBlank();
        assertThat(api.get("/api/v1/collections", "X-Request-Id", "not valid!")
                        .headers()
                        .firstValue("X-Request-Id")
                        .orElseThrow())
                .isNotEqualTo("not valid!");
    }
}
