package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.gateway.RawClient.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The limits in time, number and size, set short enough to be met.
class LimitsTest {
    @RegisterExtension
    private static final GatewayFixture FIXTURE = new GatewayFixture(
            "holdfast.gateway.limits.body-size=100KB",
            "holdfast.gateway.limits.head-time=300ms",
            "holdfast.gateway.limits.body-quiet-time=300ms",
            "holdfast.gateway.limits.request-time=2s",
            "holdfast.gateway.limits.stream-time=2500ms",
            "holdfast.gateway.limits.pipelined-requests=2",
            "holdfast.gateway.limits.requests=3",
            "holdfast.gateway.limits.connections=8",
            "server.netty.idle-timeout=2s");

    private RawClient client;

    @BeforeEach
    void connect() {
        awaitNone("holdfast.gateway.connections");
        client = FIXTURE.client();
    }

    @AfterEach
    void forget() {
        client.close();
    }

    @Test
    void countsAChunkedBodyAndStopsTheServicesWork() throws InterruptedException {
        client.request("PUT /api/v1/x?behave=silent", "Transfer-Encoding: chunked\r\n");
        String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
        for (int i = 0; i < 13; i++) {
            client.send(chunk);
        }

        assertThat(Problem.assertIs(client.answer(), ProblemType.BODY_TOO_LARGE))
                .contains("102400");
        assertThat(client.seesEnd()).isTrue();
        assertThat(FIXTURE.origin().takeCancelled()).contains("silent");
    }

    @Test
    void refusesGarbageBetweenChunks() throws InterruptedException {
        client.request("PUT /api/v1/x?behave=silent", "Transfer-Encoding: chunked\r\n")
                .send("3\r\nabc\r\n");
        FIXTURE.origin().takeAsked();
        client.send("no number\r\n");

        Problem.assertIs(client.answer(), ProblemType.MALFORMED_REQUEST);
        assertThat(FIXTURE.origin().takeCancelled()).contains("silent");
    }

    @Test
    void givesUpABodyThatStopsComing() {
        client.request("PUT /api/v1/x?behave=silent", "Content-Length: 100\r\n").send("{");

        Problem.assertIs(client.answer(), ProblemType.REQUEST_TIMEOUT);
        assertThat(client.seesEnd()).isTrue();
        assertThat(FIXTURE.origin().wasAsked())
                .as("a body that can be kept is forwarded when it is complete")
                .isFalse();
    }

    @Test
    void givesUpAForwardedBodyThatStopsComing() throws InterruptedException {
        client.request("PUT /api/v1/x?behave=silent", "Transfer-Encoding: chunked\r\n")
                .send("1\r\n{\r\n");

        Problem.assertIs(client.answer(), ProblemType.REQUEST_TIMEOUT);
        assertThat(client.seesEnd()).isTrue();
        assertThat(FIXTURE.origin().takeCancelled()).contains("silent");
    }

    @Test
    void givesUpAHeadThatDoesNotEnd() {
        client.send("GET /api/v1/x HTTP/1.1\r\nHost: a\r\n");

        Problem.assertIs(client.answer(), ProblemType.REQUEST_TIMEOUT);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void cancelsTheServicesWorkWhenABodyIsCutShort() throws InterruptedException {
        client.request("PUT /api/v1/x?behave=silent", "Transfer-Encoding: chunked\r\n")
                .send("1\r\n{\r\n");
        FIXTURE.origin().takeAsked();
        client.close();

        assertThat(FIXTURE.origin().takeCancelled()).contains("silent");
    }

    @Test
    void answersForAServiceThatTakesTooLong() throws InterruptedException {
        Problem.assertIs(client.request("GET /api/v1/x?behave=silent").answer(), ProblemType.DEADLINE_EXCEEDED);
        assertThat(FIXTURE.origin().takeCancelled()).contains("silent");
    }

    @Test
    void endsAStreamThatTakesTooLong() throws InterruptedException {
        client.request("GET /api/v1/x?behave=stream", "Accept: application/x-ndjson\r\n");

        assertThat(client.line()).contains("200");
        assertThat(client.seesEnd()).isTrue();
        assertThat(FIXTURE.origin().takeCancelled()).contains("stream");
    }

    @Test
    void answersWhenAServiceHangsUp() {
        Problem.assertIs(client.request("GET /api/v1/x?behave=hang-up").answer(), ProblemType.BAD_GATEWAY);
    }

    @Test
    void cutsAnAnswerShortWhenItsServiceDoes() {
        client.request("GET /api/v1/x?behave=break");

        assertThatThrownBy(client::answer).isInstanceOf(UncheckedIOException.class);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void tellsOfASmallAnswerThatItsServiceCutShort() {
        Answer answer = client.request("GET /api/v1/x?behave=half").answer();

        assertThat(answer.header("ETag")).isEmpty();
        Problem.assertIs(answer, ProblemType.BAD_GATEWAY);
    }

    @Test
    void refusesRequestsOverTheLimitButAnswersProbes() throws InterruptedException {
        List<RawClient> busy = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            busy.add(FIXTURE.client().request("GET /api/v1/x?behave=silent"));
            FIXTURE.origin().takeAsked();
        }

        Answer answer = client.request("GET /api/v1/x").answer();

        Problem.assertIs(answer, ProblemType.OVERLOADED);
        try (RawClient probe = FIXTURE.client()) {
            assertThat(probe.request("GET /livez").answer().status()).isEqualTo(200);
        }
        busy.forEach(RawClient::close);
        FIXTURE.origin().takeCancelled();
    }

    @Test
    void refusesConnectionsOverTheLimit() {
        List<RawClient> open = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            open.add(FIXTURE.client());
            assertThat(open.getLast().request("GET /nowhere").answer().status()).isEqualTo(404);
        }
        assertThat(client.request("GET /nowhere").answer().status()).isEqualTo(404);

        try (RawClient oneTooMany = FIXTURE.client()) {
            Problem.assertIs(oneTooMany.answer(), ProblemType.OVERLOADED);
            assertThat(oneTooMany.seesEnd()).isTrue();
        }
        open.forEach(RawClient::close);
    }

    @Test
    void answersWhatItTookOfTooManyPipelinedRequests() {
        client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2)
                + "GET /api/v1/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(TestGateway.KEY)
                        .repeat(10));

        assertThat(client.answer().status()).isEqualTo(404);
        assertThat(client.answer().status()).isEqualTo(404);
        assertThat(client.answer().header("Connection")).isEmpty();
        assertThat(client.answer().header("Connection")).isEmpty();
        assertThat(client.answer().header("Connection")).isEqualTo("close");
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void answersTheRequestBeforePipelinedGarbage() {
        client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + "garbage ".repeat(10) + "\r\n\r\n");

        Problem.assertIs(client.answer(), ProblemType.NOT_FOUND);
        Problem.assertIs(client.answer(), ProblemType.MALFORMED_REQUEST);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void answersASlowRequestBeforePipelinedGarbage() {
        client.request("GET /api/v1/x").send("garbage\r\n\r\n");

        assertThat(client.answer().status()).isEqualTo(200);
        Problem.assertIs(client.answer(), ProblemType.MALFORMED_REQUEST);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void closesConnectionsThatAreNotUsed() {
        assertThat(client.request("GET /nowhere").answer().status()).isEqualTo(404);
        assertThat(client.seesEnd()).isTrue();
    }

    /// Connections and requests of the test before end a moment after it.
    private static void awaitNone(String gauge) {
        MeterRegistry meters = FIXTURE.gateway().context().getBean(MeterRegistry.class);
        await().until(() -> meters.get(gauge).gauge().value() == 0);
    }
}
