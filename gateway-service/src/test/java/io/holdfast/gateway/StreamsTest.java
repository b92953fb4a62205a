package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.gateway.RawClient.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Event streams and WebSockets: they outlast deadlines, and end as they should.
class StreamsTest {
    private static final String[] UPGRADE = {
        "Connection: Upgrade\r\n",
        "Upgrade: websocket\r\n",
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    };
    private static final Duration LONGER_THAN_A_REQUEST = Duration.ofMillis(1200);

    @RegisterExtension
    private static final GatewayFixture FIXTURE = new GatewayFixture(
            "holdfast.gateway.limits.request-time=1s",
            "holdfast.gateway.streams.quiet-time=3s",
            "holdfast.gateway.streams.frame-size=64KB",
            "holdfast.load-balancing.services.app-service.instances=http://127.0.0.1:9"); // nobody is there

    @AfterEach
    void nothingIsLeft() {
        await().untilAsserted(() -> {
            assertThat(gauge("holdfast.gateway.streams")).isZero();
            assertThat(gauge("holdfast.gateway.requests")).isZero();
            assertThat(instance().signals().connections()).isZero();
            assertThat(instance().state().usable()).as("no longer draining").isTrue();
        });
    }

    @Test
    void anEventStreamOutlastsTheTimeOfARequestAndEndsWhenItIsQuiet() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            long begun = System.nanoTime();
            Answer answer = client.request("GET /api/v1/x?behave=events").answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("data: first\n\n");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LONGER_THAN_A_REQUEST);
            assertThat(client.request("GET /api/v1/y").answer().body()).isEqualTo("hello");
        }
        assertThat(FIXTURE.origin().takeCancelled()).contains("events");
    }

    @Test
    void anEventStreamIsAConnectionAndNoRequestUnderWay() throws InterruptedException {
        try (RawClient client = FIXTURE.client()) {
            client.request("GET /api/v1/x?behave=events");
            assertThat(client.line()).contains("200");
            await().untilAsserted(
                            () -> assertThat(instance().signals().connections()).isOne());
            assertThat(instance().signals().inFlight()).isZero();
            assertThat(gauge("holdfast.gateway.streams")).isOne();
            assertThat(gauge("holdfast.gateway.requests")).isZero();
        }
        assertThat(FIXTURE.origin().takeCancelled()).contains("events");
    }

    @Test
    void anEventStreamEndsWholeWhenItsInstanceDrains() {
        try (RawClient client = FIXTURE.client();
                RawClient other = FIXTURE.client()) {
            client.request("GET /api/v1/x?behave=events");
            await().untilAsserted(
                            () -> assertThat(instance().signals().connections()).isOne());
            other.request("GET /api/v1/x?behave=drain").answer();
            assertThat(client.answer().body()).isEqualTo("data: first\n\n");
        }
    }

    @Test
    void aWebSocketPassesOnWhatIsSaid() throws InterruptedException {
        try (WebSocketClient client = webSocket()) {
            assertThat(client.socket().getSubprotocol()).isEqualTo("chat");
            client.say("hello");
            assertThat(client.hear()).isEqualTo("hello");
            String large = "large ".repeat(10_000);
            client.say(large);
            assertThat(client.hear()).isEqualTo(large);
            client.socket().sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
            assertThat(client.hear()).isEqualTo("pong of 3");
        }
        assertThat(FIXTURE.origin().takeCancelled()).startsWith("closed");
    }

    @Test
    void aWebSocketOutlastsTheTimeOfARequest() throws InterruptedException {
        try (WebSocketClient client = webSocket()) {
            await().pollDelay(LONGER_THAN_A_REQUEST).until(() -> true);
            client.say("still here");
            assertThat(client.hear()).isEqualTo("still here");
            assertThat(gauge("holdfast.gateway.requests")).isZero();
        }
    }

    @Test
    void aWebSocketIsClosedAsItsInstanceSays() {
        try (WebSocketClient client = webSocket()) {
            var _ = client.socket().sendText("bye", true);
            assertThat(client.closeStatus()).isEqualTo(4001);
        }
    }

    @Test
    void anInstanceIsToldHowTheClientClosed() throws InterruptedException {
        try (WebSocketClient client = webSocket()) {
            client.socket().sendClose(4002, "done").join();
            assertThat(FIXTURE.origin().takeCancelled()).isEqualTo("closed 4002");
        }
    }

    @Test
    void aWebSocketIsClosedWhenItIsQuiet() {
        try (WebSocketClient client = webSocket()) {
            assertThat(client.closeStatus()).isEqualTo(1001);
        }
    }

    @Test
    void aWebSocketIsClosedWhenItsInstanceDrains() {
        try (WebSocketClient client = webSocket();
                RawClient other = FIXTURE.client()) {
            other.request("GET /api/v1/x?behave=drain").answer();
            assertThat(client.closeStatus()).isEqualTo(1001);
        }
    }

    @Test
    void aFrameThatIsTooLargeEndsTheWebSocket() {
        try (WebSocketClient client = webSocket()) {
            var _ = client.socket().sendText("x".repeat(70_000), true); // may end within it
            assertThat(client.closeStatus()).isNotEqualTo(1000);
        }
    }

    @Test
    void anInstanceThatDoesNotSwitchProtocolsAnswersAsUsual() {
        try (RawClient client = FIXTURE.client()) {
            Answer answer = client.request("GET /api/v1/x", UPGRADE).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers()).doesNotContainKey("Upgrade");
        }
    }

    @Test
    void aWebSocketNeedsAKeyLikeAnyRequest() {
        try (RawClient client = FIXTURE.client()) {
            client.send("GET /api/v1/x?behave=echo HTTP/1.1\r\nHost: a\r\n" + String.join("", UPGRADE) + "\r\n");
            Problem.assertIs(client.answer(), ProblemType.UNAUTHENTICATED);
            assertThat(FIXTURE.origin().wasAsked()).isFalse();
        }
    }

    private static WebSocketClient webSocket() {
        return new WebSocketClient(FIXTURE.gateway().port(), "/api/v1/x?behave=echo");
    }

    private static Instance instance() {
        return FIXTURE.gateway().context().getBean(Upstreams.class).find("app-service").orElseThrow().members().stream()
                .filter(member -> FIXTURE.origin().url().endsWith(member.id()))
                .findFirst()
                .orElseThrow();
    }

    private static double gauge(String name) {
        return FIXTURE.gateway()
                .context()
                .getBean(MeterRegistry.class)
                .get(name)
                .gauge()
                .value();
    }
}
