package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.RawClient.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Requests with bodies, and those that share their connection.
class BodiesTest {
    @RegisterExtension
    private static final GatewayFixture FIXTURE = new GatewayFixture();

    @Test
    void forwardsABodyWithItsLength() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            Answer answer = client.request("PUT /api/v1/x", "Content-Length: 7\r\n")
                    .send("{\"a\":1}")
                    .answer();

            assertThat(answer.body()).isEqualTo("{\"a\":1}");
        }
        assertThat(FIXTURE.origin().takeAsked().headers().get("Content-Length")).isEqualTo("7");
    }

    @Test
    void forwardsAChunkedBody() {
        try (RawClient client = FIXTURE.client()) {
            Answer answer = client.request("PUT /api/v1/x", "Transfer-Encoding: chunked\r\n")
                    .send("3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n")
                    .answer();

            assertThat(answer.body()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void keepsTheLengthOfABodyThatAClientTriesToHide() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/x", "Content-Length: 5\r\n", "Connection: content-length\r\n")
                    .send("GET /")
                    .answer();
        }
        assertThat(FIXTURE.origin().takeAsked().headers().get("Content-Length")).isEqualTo("5");
    }

    @Test
    void asksTheClientToContinue() {
        try (RawClient client = FIXTURE.client()) {
            client.request("PUT /api/v1/x", "Content-Length: 2\r\n", "Expect: 100-continue\r\n");

            assertThat(client.answer().status()).isEqualTo(100);
            assertThat(client.send("{}").answer().body()).isEqualTo("{}");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        try (RawClient client = FIXTURE.client()) {
            for (int i = 0; i < 10; i++) {
                client.request("GET /api/v1/x?" + i, "X-Request-Id: r" + i + "\r\n");
            }
            for (int i = 0; i < 10; i++) {
                assertThat(client.answer().header("X-Request-Id")).isEqualTo("r" + i);
            }
        }
    }

    @Test
    void answersRequestsWithBodiesThatWereSentAhead() {
        try (RawClient client = FIXTURE.client()) {
            for (int i = 0; i < 10; i++) {
                String body = "body-" + i;
                client.request("PUT /api/v1/x?" + i, "Content-Length: " + body.length() + "\r\n")
                        .send(body);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(client.answer().body()).isEqualTo("body-" + i);
            }
        }
    }

    @Test
    void keepsTheConnectionAcrossRequestsAndErrors() {
        try (RawClient client = FIXTURE.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.request("GET /api/v1/x").answer().status()).isEqualTo(200);
                assertThat(client.request("GET /nowhere").answer().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void answersHeadWithoutABody() {
        try (RawClient client = FIXTURE.client()) {
            Answer head = client.request("HEAD /api/v1/x").answerToHead();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("ETag")).isEqualTo("\"7\"");
            assertThat(client.request("HEAD /nowhere").answerToHead().status()).isEqualTo(404);
            assertThat(client.request("GET /api/v1/x").answer().body()).isEqualTo("hello");
        }
    }

    @Test
    void acceptsADocumentOfExactlyOneMebibyte() {
        try (RawClient client = FIXTURE.client()) {
            client.request("PUT /api/v1/x?behave=count", "Content-Length: 1048576\r\n")
                    .send("x".repeat(1_048_576).getBytes(StandardCharsets.US_ASCII));

            assertThat(client.answer().body()).isEqualTo("1048576");
        }
    }
}
