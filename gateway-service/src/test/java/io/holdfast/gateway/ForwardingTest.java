package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.request.OperationId;
import io.holdfast.gateway.RawClient.Answer;
import io.holdfast.gateway.TestOrigin.Asked;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service sees of a request, and a client of an answer.
class ForwardingTest {
    @RegisterExtension
    private static final GatewayFixture FIXTURE = new GatewayFixture();

    @Test
    void forwardsWithTheGatewaysOwnHeaders() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            Answer answer = client.request("GET /api/v1/collections", "X-Request-Id: mine\r\n")
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.header("X-Request-Id")).isEqualTo("mine");
            assertThat(answer.headers()).doesNotContainKey("Keep-Alive");
        }
        Asked asked = FIXTURE.origin().takeAsked();
        assertThat(asked.headers().get("Holdfast-Internal-Credential")).isEqualTo(TestGateway.CREDENTIAL);
        assertThat(asked.headers().get("Holdfast-Caller")).isEqualTo("all");
        assertThat(asked.headers().get("X-Request-Id")).isEqualTo("mine");
        assertThat(asked.headers().getInt("Holdfast-Timeout-Millis")).isBetween(5_000, 10_000);
        assertThat(asked.headers().get("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(asked.headers().get("X-Forwarded-Host")).isEqualTo("gateway.test:8080");
        assertThat(asked.headers().get("X-Forwarded-Port")).isEqualTo("8080");
        assertThat(asked.headers().get("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(asked.headers().contains("Authorization")).isFalse();
    }

    @Test
    void saysNothingThatTheClientDidNotSay() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/collections", "X-Twice: one\r\n", "x-twice: two\r\n")
                    .answer();
        }
        Asked asked = FIXTURE.origin().takeAsked();
        assertThat(asked.headers().names()).doesNotContain("User-Agent", "user-agent", "Accept", "accept");
        assertThat(asked.headers().getAll("X-Twice")).containsExactly("one", "two");
    }

    @Test
    void takesNothingFromClientsThatOnlyTheGatewayMaySay() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request(
                            "GET /api/v1/collections",
                            "Holdfast-Internal-Credential: forged\r\n",
                            "holdfast-caller: admin\r\n",
                            "Holdfast-Operation-Id: 0199a3c4-5e6f-7a01-8b02-9c03ad04be05\r\n",
                            "Holdfast-Timeout-Millis: 1\r\n",
                            "X-Forwarded-For: 1.2.3.4\r\n",
                            "X-Forwarded-Host: evil.test\r\n",
                            "X-Forwarded-Prefix: /evil\r\n",
                            "Forwarded: host=evil.test\r\n",
                            "Connection: keep-alive, X-Private\r\n",
                            "X-Private: secret\r\n",
                            "TE: trailers\r\n",
                            "X-Request-Id: not a valid id\r\n")
                    .answer();
        }
        Asked asked = FIXTURE.origin().takeAsked();
        assertThat(asked.headers().getAll("Holdfast-Internal-Credential")).containsExactly(TestGateway.CREDENTIAL);
        assertThat(asked.headers().getAll("Holdfast-Caller")).containsExactly("all");
        assertThat(asked.headers().contains("Holdfast-Operation-Id")).isFalse();
        assertThat(asked.headers().getInt("Holdfast-Timeout-Millis")).isGreaterThan(1);
        assertThat(asked.headers().getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(asked.headers().getAll("X-Forwarded-Host")).containsExactly("gateway.test:8080");
        assertThat(asked.headers().names()).doesNotContain("X-Forwarded-Prefix", "Forwarded", "X-Private", "TE");
        assertThat(asked.headers().get("X-Request-Id")).matches("[0-9a-f]{16}");
    }

    @Test
    void continuesAClientsTrace() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request(
                            "GET /api/v1/collections",
                            "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n",
                            "tracestate: vendor=opaque\r\n")
                    .answer();
        }
        Asked asked = FIXTURE.origin().takeAsked();
        assertThat(asked.headers().getAll("traceparent"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .doesNotContain("00f067aa0ba902b7");
        assertThat(asked.headers().getAll("tracestate")).containsExactly("vendor=opaque");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "traceparent: garbage\r\n", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-x-01\r\n"})
    void beginsATraceWhereThereIsNone(String header) throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/collections", header, "tracestate: vendor=opaque\r\n")
                    .answer();
        }
        Asked asked = FIXTURE.origin().takeAsked();
        assertThat(asked.headers().getAll("traceparent"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]")
                .doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(asked.headers().contains("tracestate")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "PATCH", "DELETE"})
    void namesWhatMayChangeSomething(String method) throws InterruptedException {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (RawClient client = FIXTURE.client()) {
                client.request(
                                method + " /api/v1/x",
                                "Content-Length: 0\r\n",
                                "Idempotency-Key: \"mine\"\r\n",
                                "Holdfast-Operation-Id: 0199a3c4-5e6f-7a01-8b02-9c03ad04be05\r\n")
                        .answer();
            }
            Asked asked = FIXTURE.origin().takeAsked();
            assertThat(asked.headers().getAll("Idempotency-Key")).containsExactly("\"mine\"");
            assertThat(asked.headers().getAll("Holdfast-Operation-Id"))
                    .hasSize(1)
                    .allMatch(OperationId::isValid);
            ids.add(asked.headers().get("Holdfast-Operation-Id"));
        }
        assertThat(ids).hasSize(2).doesNotContain("0199a3c4-5e6f-7a01-8b02-9c03ad04be05");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/collections/c/documents/a%2Fb",
                "/api/v1/collections/c/documents/a%2fb%25%3B;x=1",
                "/api/v1/collections/c/documents/%20%F0%9F%98%80",
                "/api/v1/collections/c/documents/...",
                "/api/v1/collections/c/documents/%7B%7D",
                "/api/v1/collections/c/documents/%ff%FE",
                "/api/v1/collections/c/documents/..%2f..%2factuator",
                "/api/v1/collections/c/documents/..a/.b/c..",
                "/api/v1/collections/c/documents/a:b@c!$&'()*+,=~",
                "/api/v1/collections/c/documents?prefix=a%2Fb&cursor=x?y/z&limit=",
            })
    void forwardsLegalTargetsByteForByte(String target) throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            assertThat(client.request("GET " + target).answer().status()).isEqualTo(200);
        }
        assertThat(FIXTURE.origin().takeAsked().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\0',
            value = {
                "/api/v1/{} /api/v1/%7B%7D",
                "/api/v1/a|b^c`d\"e<f>g\\h /api/v1/a%7Cb%5Ec%60d%22e%3Cf%3Eg%5Ch",
                "/api/v1/a#b /api/v1/a%23b",
                "/api/v1/[x]?y=[z] /api/v1/%5Bx%5D?y=%5Bz%5D",
                "/api/v1/ä😀 /api/v1/%C3%A4%F0%9F%98%80",
            })
    void encodesWhatClientsSendUnencoded(String sent, String forwarded) throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            assertThat(client.request("GET " + sent).answer().status()).isEqualTo(200);
        }
        assertThat(FIXTURE.origin().takeAsked().target()).isEqualTo(forwarded);
    }

    @Test
    void givesListingsAsAStreamMoreTime() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/x", "Accept: application/x-ndjson\r\n").answer();
        }
        assertThat(FIXTURE.origin().takeAsked().headers().getInt("Holdfast-Timeout-Millis"))
                .isGreaterThan(60_000);
    }

    @Test
    void sendsStreamsOnAsTheyCome() {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/x?behave=stream", "Accept: application/x-ndjson\r\n");

            assertThat(client.line()).contains("200");
            String line = client.line();
            while (!line.contains("{\"line\":2}")) {
                line = client.line();
            }
        }
    }

    @Test
    void cancelsTheServicesWorkWhenTheClientLeaves() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/x?behave=silent");
            FIXTURE.origin().takeAsked();
        }
        assertThat(FIXTURE.origin().takeCancelled()).contains("silent");
    }
}
