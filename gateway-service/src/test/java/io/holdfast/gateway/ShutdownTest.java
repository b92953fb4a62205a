package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The end of a gateway. In a class of its own, because the event loops of a JVM end with the first.
class ShutdownTest {
    @Test
    void finishesWhatIsUnderWayAndEndsStreams() throws InterruptedException {
        try (TestOrigin origin = new TestOrigin();
                TestGateway gateway = new TestGateway(origin);
                RawClient client = gateway.client();
                RawClient listener = gateway.client();
                WebSocketClient socket = new WebSocketClient(gateway.port(), "/api/v1/x?behave=echo")) {
            listener.request("GET /api/v1/x?behave=events");
            assertThat(listener.line()).contains("200");
            client.request("GET /api/v1/x?behave=slow");
            origin.takeAsked();

            gateway.context().close();

            assertThat(client.answer().body()).isEqualTo("late");
            assertThat(listener.seesEnd()).isTrue();
            assertThat(socket.closeStatus()).isEqualTo(1001);
        }
    }
}
