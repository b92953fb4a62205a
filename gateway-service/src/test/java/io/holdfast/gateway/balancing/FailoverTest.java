package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Failure;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/// Instances that fail without the client noticing: another one answers, or the same one a little later.
@TestPropertySource(
        properties = {
            "spring.cloud.gateway.server.webflux.httpclient.connect-timeout=1000",
            "holdfast.load-balancing.probe.interval=10m",
            "holdfast.load-balancing.services.app-service.strategy=round-robin",
            "holdfast.load-balancing.services.app-service.slow-start=0",
            "holdfast.load-balancing.services.app-service.ejection.most-ejected=0",
            "holdfast.load-balancing.services.app-service.retry.patience=2s",
            "holdfast.load-balancing.services.app-service.retry.attempt-timeout=300ms",
            "holdfast.load-balancing.services.app-service.budget.reserve=1000", // most requests here fail once
            "holdfast.gateway.balancing.routes.knows-operations.operation-ids=true"
        })
@Timeout(240)
class FailoverTest extends TwoInstances {
    private final ReplayMemory memory;

    FailoverTest(@Autowired ReplayMemory memory) {
        this.memory = memory;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"})
    void hidesAnInstanceThatIsGone(String method) throws Exception {
        FIRST.stop();
        for (int i = 0; i < 4; i++) {
            allReady();
            assertThat(send(method, "/", "body").statusCode()).isEqualTo(200);
        }
        assertThat(SECOND.received())
                .hasSize(4)
                .allSatisfy(received -> assertThat(received.body()).isEqualTo("body"));
        assertThat(upstream().live()).hasSize(1);
    }

    @Test
    void hidesAnInstanceThatIsGoneFromAStreamedBody() throws Exception {
        FIRST.stop();
        for (int i = 0; i < 2; i++) {
            allReady();
            assertThat(send("POST", "/", streamed("streamed")).statusCode()).isEqualTo(200);
        }
        assertThat(SECOND.received())
                .hasSize(2)
                .allSatisfy(received -> assertThat(received.body()).isEqualTo("streamed"));
    }

    static Stream<BalancedOrigin.Behaviour> troubles() {
        return Stream.of(
                BalancedOrigin.SILENT,
                BalancedOrigin.CLOSES,
                BalancedOrigin.CLOSES_WITHIN_HEADERS,
                BalancedOrigin.GARBAGE,
                response -> response.status(503).send());
    }

    @Test
    void asksAnotherInstanceWhatCanBeAskedTwice() throws Exception {
        String large = "0123456789".repeat(20_000);
        for (BalancedOrigin.Behaviour trouble : troubles().toList()) {
            bothWell();
            FIRST.behaves(trouble);
            for (int i = 0; i < 2; i++) {
                assertThat(send("GET", "/", "").body()).isEqualTo("well");
                assertThat(send("PUT", "/", large).body()).isEqualTo("well");
            }
            assertThat(FIRST.received()).isNotEmpty();
            assertThat(SECOND.received())
                    .filteredOn(received -> received.method().equals("PUT"))
                    .hasSize(2)
                    .allSatisfy(received -> assertThat(received.body()).isEqualTo(large));
        }
        assertThat(memory.used()).isZero();
    }

    @Test
    void sendsNothingTwiceThatMayHaveBeenExecuted() throws Exception {
        FIRST.behaves(BalancedOrigin.CLOSES);
        SECOND.behaves(BalancedOrigin.CLOSES);
        assertProblem(send("POST", "/", "body"), 502, "BAD_GATEWAY");
        assertProblem(send("PATCH", "/", "body"), 502, "BAD_GATEWAY");
        assertProblem(send("PUT", "/", streamed("body")), 502, "BAD_GATEWAY");
        assertThat(FIRST.received().size() + SECOND.received().size()).isEqualTo(3);
    }

    @Test
    void asksAnotherInstanceForAnythingThatAnOperationIdProtects() throws Exception {
        FIRST.behaves(BalancedOrigin.CLOSES);
        for (int i = 0; i < 2; i++) {
            assertThat(send("POST", "/knows-operations", "body").body()).isEqualTo("well");
            assertThat(send("PATCH", "/knows-operations", "body").body()).isEqualTo("well");
        }
        assertThat(FIRST.received()).isNotEmpty();
    }

    @Test
    void leavesNothingOfAnAnswerThatWasReplaced() throws Exception {
        FIRST.answers(503, "X-Busy", "busy");
        SECOND.answers(201, "X-Done", "done");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send("GET", "/", "");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.headers().map()).containsKey("x-done").doesNotContainKey("x-busy");
        }
        assertThat(FIRST.received()).isNotEmpty();
    }

    @Test
    void waitsForInstancesThatComeBack() throws Exception {
        FIRST.stop();
        SECOND.stop();
        long before = failures(Failure.UNREACHABLE);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(to("/").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());
        await().until(() -> failures(Failure.UNREACHABLE) - before > 2);
        assertThat(answer).isNotDone();
        SECOND.start();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(SECOND.received())
                .singleElement()
                .satisfies(received -> assertThat(received.body()).isEqualTo("body"));
    }

    @Test
    void doesNotShowThatPooledConnectionsWereClosed() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(send("POST", "/", "body").statusCode()).isEqualTo(200);
        }
        FIRST.stop();
        SECOND.stop();
        FIRST.start();
        SECOND.start();
        for (int i = 0; i < 4; i++) {
            assertThat(send("POST", "/", "body").statusCode()).isEqualTo(200);
        }
    }

    private long failures(Failure kind) {
        return upstream().members().stream()
                .mapToLong(instance -> instance.failures(kind))
                .sum();
    }

    /// A body whose length is not announced.
    private static BodyPublisher streamed(String body) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofString(body));
    }
}
