package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeavingTest {
    @Test
    void tellsClientsToLeaveBeforeItStops() throws InterruptedException {
        try (TestOrigin origin = new TestOrigin();
                TestGateway gateway = new TestGateway(origin, "holdfast.gateway.limits.leave-time=1m");
                RawClient client = gateway.client()) {
            assertThat(client.request("GET /api/v1/x").answer().headers()).doesNotContainKey("Connection");

            Thread stopping = Thread.ofVirtual().start(() -> gateway.context().close());

            await().untilAsserted(() -> assertThat(
                            client.request("GET /api/v1/x").answer().header("Connection"))
                    .isEqualToIgnoringCase("close"));
            // That was the only client, so there is nothing left to wait for.
            assertThat(stopping.join(Duration.ofSeconds(30))).isTrue();
        }
    }
}
