package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.InstanceView;
import io.holdfast.balancing.RequestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;

/// A second attempt beside one that is late.
@TestPropertySource(
        properties = {
            "holdfast.load-balancing.probe.interval=10m",
            "holdfast.load-balancing.services.app-service.slow-start=0",
            "holdfast.load-balancing.services.app-service.retry.attempt-timeout=30s",
            "holdfast.load-balancing.services.app-service.hedging.share=1",
            "holdfast.load-balancing.services.app-service.ejection.most-ejected=0",
            "holdfast.gateway.balancing.routes.app.hedge=true"
        })
@Timeout(120)
class HedgingTest extends TwoInstances {
    @Test
    void asksASecondInstanceWhereTheFirstIsLate() throws Exception {
        await().until(() -> {
            for (int i = 0; i < 30; i++) {
                send("GET", "/", "");
            }
            return upstream()
                    .attempts(RequestKey.NONE, true, Long.MAX_VALUE)
                    .hedgeAfter()
                    .isPresent();
        });
        FIRST.behaves(BalancedOrigin.SILENT);
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "/", "").body()).isEqualTo("well");
        }
        await().until(() ->
                upstream().views().stream().mapToInt(InstanceView::inFlight).sum() == 0);
        assertThat(upstream().members()).extracting(Instance::failures).containsOnly(0L);
    }
}
