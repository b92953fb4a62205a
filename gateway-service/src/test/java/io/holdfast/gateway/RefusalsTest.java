package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.gateway.RawClient.Answer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the gateway refuses by itself: nothing of it reaches a service.
class RefusalsTest {
    private static final String HOST = "Host: gateway.test\r\n";

    @RegisterExtension
    private static final GatewayFixture FIXTURE = new GatewayFixture();

    private RawClient client;

    @BeforeEach
    void connect() {
        client = FIXTURE.client();
    }

    @AfterEach
    void nothingIsForwarded() {
        client.close();
        assertThat(FIXTURE.origin().wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Authorization: Basic eDp5\r\n", "Authorization: Bearer wrong\r\n", "Authorization: \r\n"})
    void asksForAKey(String header) {
        Answer answer = client.send("GET /api/v1/x HTTP/1.1\r\n" + HOST + header + "\r\n")
                .answer();

        Problem.assertIs(answer, ProblemType.UNAUTHENTICATED);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void doesNotLetAReaderWrite() {
        Answer answer = client.send("DELETE /api/v1/x HTTP/1.1\r\n" + HOST + "Authorization: Bearer "
                        + TestGateway.READ_KEY + "\r\n\r\n")
                .answer();

        assertThat(Problem.assertIs(answer, ProblemType.FORBIDDEN)).contains("reader", "write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nowhere",
                "/actuator",
                "/actuator/health",
                "/api",
                "/apis/x",
                "/v3/api-docsx",
                "/storage/v1"
            })
    void knowsNoOtherPath(String path) {
        Problem.assertIs(client.request("GET " + path).answer(), ProblemType.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/collections/c/documents/.",
                "/api/v1/collections/c/documents/..",
                "/api/v1/collections/c/documents/%2e",
                "/api/v1/collections/c/documents/%2E.",
                "/api/v1/collections/c/documents/.%2e?limit=1",
                "/api/../actuator/health",
                "/api/%2e%2e/actuator/health",
                "/../api/v1/x",
            })
    void refusesDotSegments(String target) {
        Problem.assertIs(client.request("GET " + target).answer(), ProblemType.INVALID_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/100%", "GET /api/v1/a%2", "GET /api/v1/a%zz", "OPTIONS *", "GET a/b"})
    void refusesTargetsThatCannotBeUnderstood(String line) {
        Problem.assertIs(client.request(line).answer(), ProblemType.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/x HTTP/1.1\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a/b@c\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a:99999\r\n\r\n",
                "GET /api/v1/x HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /api/v1/a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "complete garbage\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
                "PUT /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "PUT /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "PUT /api/v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "GET /api/v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void refusesMalformedRequests(String request) {
        Answer answer = client.send(request).answer();

        Problem.assertIs(answer, ProblemType.MALFORMED_REQUEST);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void refusesAHundredThousandBytesOfHeaders() {
        client.request("GET /api/v1/x", "X-Long: " + "x".repeat(100_000) + "\r\n");

        Problem.assertIs(client.answer(), ProblemType.HEADERS_TOO_LARGE);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void refusesAHundredThousandBytesOfManyHeaders() {
        String[] headers = new String[1_000];
        Arrays.setAll(headers, i -> "X-Header-" + i + ": " + "x".repeat(85) + "\r\n");

        Problem.assertIs(client.request("GET /api/v1/x", headers).answer(), ProblemType.HEADERS_TOO_LARGE);
    }

    @Test
    void refusesARequestLineThatIsTooLong() {
        client.request("GET /api/v1/" + "x".repeat(100_000));

        Problem.assertIs(client.answer(), ProblemType.HEADERS_TOO_LARGE);
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeItComes() {
        client.request("PUT /api/v1/x", "Content-Length: 1114113\r\n");

        assertThat(Problem.assertIs(client.answer(), ProblemType.BODY_TOO_LARGE))
                .contains("1114112");
    }

    @Test
    void refusesABodyThatIsTooLargeInsteadOfAskingForIt() {
        client.request("PUT /api/v1/x", "Content-Length: 2000000\r\n", "Expect: 100-continue\r\n");

        Problem.assertIs(client.answer(), ProblemType.BODY_TOO_LARGE);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void letsAClientThatSendsItAllTheSameReadTheAnswer() {
        client.request("PUT /api/v1/x", "Content-Length: 20000000\r\n").send(new byte[20_000_000]);

        Problem.assertIs(client.answer(), ProblemType.BODY_TOO_LARGE);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void letsAClientWithoutAKeySendItsBodyAndReadTheAnswer() {
        client.send("PUT /api/v1/x HTTP/1.1\r\n" + HOST + "Content-Length: 1000000\r\n\r\n")
                .send(new byte[1_000_000]);

        Problem.assertIs(client.answer(), ProblemType.UNAUTHENTICATED);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void refusesABulkBodyOverItsOwnLimit() {
        client.request("POST /api/v1/collections/c/documents:bulk", "Content-Length: 67108865\r\n");

        assertThat(Problem.assertIs(client.answer(), ProblemType.BODY_TOO_LARGE))
                .contains("67108864");
    }
}
