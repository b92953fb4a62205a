package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.InstanceState;
import io.holdfast.balancing.InstanceView;
import io.holdfast.balancing.Strategy;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// What the gateway counts and hears of its instances, and what it makes of that.
@TestPropertySource(
        properties = {
            "holdfast.load-balancing.probe.interval=10m",
            "holdfast.load-balancing.services.app-service.strategy=round-robin",
            "holdfast.load-balancing.services.app-service.slow-start=0",
            "holdfast.load-balancing.services.app-service.retry.attempt-timeout=30s",
            "holdfast.load-balancing.services.app-service.ejection.most-ejected=0",
            "holdfast.gateway.balancing.routes.app.key=header:X-User"
        })
@Timeout(120)
class SignalsTest extends TwoInstances {
    @BeforeEach
    void takingTurns() {
        upstream().switchTo(Strategy.ROUND_ROBIN);
    }

    @AfterEach
    void nothingIsCountedForEver() {
        await().untilAsserted(
                        () -> assertThat(List.of(inFlight(), connections())).containsOnly(0));
    }

    @Test
    void countsARequestUntilItsAnswerEnds() throws Exception {
        Sinks.Empty<String> end = Sinks.empty();
        both(response -> response.sendString(Flux.concat(Mono.just("begun"), end.asMono())));
        HttpResponse<InputStream> answer =
                client.send(to("/").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("begun");
            assertThat(inFlight()).isEqualTo(1);
            end.tryEmitEmpty();
            await().until(() -> inFlight() == 0);
            assertThat(upstream().views())
                    .extracting(InstanceView::latencyMillis)
                    .anyMatch(millis -> millis != null);
        }
    }

    @Test
    void countsAnEventStreamAsAConnection() throws Exception {
        both(response -> response.header("Content-Type", "text/event-stream")
                .sendString(Flux.concat(Mono.just("data: 1\n\n"), Mono.never())));
        HttpResponse<InputStream> answer = client.send(to("/").build(), BodyHandlers.ofInputStream());
        assertThat(answer.body().readNBytes(7)).asString().isEqualTo("data: 1");
        assertThat(inFlight()).isZero();
        assertThat(connections()).isEqualTo(1);
        answer.body().close();
        await().until(() -> connections() == 0);
    }

    @Test
    void endsTheCountWhereTheClientLeaves() throws Exception {
        both(response -> response.sendString(Flux.concat(Mono.just("begun"), Mono.never())));
        HttpResponse<InputStream> answer =
                client.send(to("/").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofInputStream());
        assertThat(answer.body().readNBytes(5)).asString().isEqualTo("begun");
        assertThat(inFlight()).isEqualTo(1);
        answer.body().close();
        await().until(() -> inFlight() == 0);
    }

    @Test
    void endsTheCountWhereTheClientLeavesBeforeTheAnswer() {
        both(BalancedOrigin.SILENT);
        var pending =
                client.sendAsync(to("/").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());
        await().until(() -> inFlight() == 1);
        pending.cancel(true);
        await().until(() -> inFlight() == 0);
    }

    @Test
    void countsHalfAnAnswerAsAFailure() {
        long before = failures();
        half(1_000_000);
        assertThat(client.sendAsync(
                        to("/").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofString()))
                .failsWithin(Duration.ofSeconds(20));
        await().until(() -> inFlight() == 0 && failures() == before + 1);
    }

    /// It is not begun before it is complete, so the client can be told.
    @Test
    void countsHalfASmallAnswerAsAFailureAndTellsTheClient() throws Exception {
        long before = failures();
        half(10);
        assertThat(send("POST", "/", "body").statusCode()).isGreaterThanOrEqualTo(500);
        await().until(() -> inFlight() == 0 && failures() == before + 1);
    }

    private static void half(int length) {
        both(response -> response.header("Content-Length", Integer.toString(length))
                .sendString(Flux.concat(Mono.just("half"), Mono.error(new IllegalStateException("on purpose")))));
    }

    @Test
    void hearsReportsAndHidesThem() throws Exception {
        both(response -> response.header("endpoint-load-metrics", "TEXT cpu_utilization=0.5,rps_fractional=7")
                .sendString(Mono.just("well")));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send("GET", "/", "");
            assertThat(answer.headers().firstValue("endpoint-load-metrics")).isEmpty();
        }
        assertThat(upstream().views()).extracting(InstanceView::cpu).containsOnly(0.5);
    }

    @Test
    void passesByAnInstanceThatSaysItStops() throws Exception {
        FIRST.answers(200, "x-envoy-immediate-health-check-fail", "last");
        for (int i = 0; i < 6; i++) {
            HttpResponse<String> answer = send("GET", "/", "");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-envoy-immediate-health-check-fail"))
                    .isEmpty();
        }
        assertThat(FIRST.received()).hasSize(1);
        assertThat(upstream().members().getFirst().state()).isEqualTo(InstanceState.DRAINING);
    }

    @Test
    void hidesFaultsFromRequestsThatMayBeRepeated() throws Exception {
        FIRST.answers(500, "x-fault", "broken");
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
            assertThat(client.send(
                                    to("/").POST(BodyPublishers.ofString("body"))
                                            .header("Idempotency-Key", "\"" + i + "\"")
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(FIRST.received()).isNotEmpty();
    }

    @Test
    void passesAFaultOnWhereARequestMayNotBeRepeated() throws Exception {
        FIRST.answers(500, "x-fault", "broken");
        SECOND.answers(500, "x-fault", "broken");
        HttpResponse<String> answer = send("POST", "/", "body");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("broken");
        assertThat(FIRST.received().size() + SECOND.received().size()).isEqualTo(1);
    }

    @Test
    void keepsRequestsWithTheSameKeyTogether() throws Exception {
        upstream().switchTo(Strategy.named("consistent-hash"));
        for (int i = 0; i < 6; i++) {
            client.send(
                    to("/").POST(BodyPublishers.ofString("body"))
                            .header("X-User", "anna")
                            .build(),
                    BodyHandlers.ofString());
        }
        assertThat(List.of(FIRST.received().size(), SECOND.received().size())).containsExactlyInAnyOrder(0, 6);
    }

    private static void both(BalancedOrigin.Behaviour behaviour) {
        FIRST.behaves(behaviour);
        SECOND.behaves(behaviour);
    }

    private int inFlight() {
        return upstream().views().stream().mapToInt(InstanceView::inFlight).sum();
    }

    private int connections() {
        return upstream().views().stream().mapToInt(InstanceView::connections).sum();
    }

    private long failures() {
        return upstream().members().stream().mapToLong(Instance::failures).sum();
    }
}
