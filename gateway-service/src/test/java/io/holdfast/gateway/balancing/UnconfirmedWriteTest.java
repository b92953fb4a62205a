package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.WriteDurability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;

/// Writes that took place and were not confirmed in the time that an attempt has.
@TestPropertySource(
        properties = {
            "holdfast.load-balancing.probe.interval=10m",
            "holdfast.load-balancing.services.app-service.strategy=round-robin",
            "holdfast.load-balancing.services.app-service.slow-start=0",
            "holdfast.load-balancing.services.app-service.retry.attempt-timeout=300ms",
            "holdfast.gateway.balancing.routes.knows-operations.operation-ids=true"
        })
@Timeout(240)
class UnconfirmedWriteTest extends TwoInstances {
    private static final String KNOWN_AGAIN = "/knows-operations";
    private static final BalancedOrigin.Behaviour APPLIED =
            BalancedOrigin.answering(503, WriteDurability.HEADER, "applied");

    @BeforeEach
    void unconfirmed() {
        FIRST.behaves(APPLIED);
        SECOND.behaves(APPLIED);
    }

    private static List<BalancedOrigin.Received> received() {
        List<BalancedOrigin.Received> received = new ArrayList<>(FIRST.received());
        received.addAll(SECOND.received());
        return received;
    }

    @Test
    void areAskedForOnceMoreWithAllTheTimeThatIsLeft() throws Exception {
        assertThat(send("PATCH", KNOWN_AGAIN, "body").body()).isEqualTo("applied");
        assertThat(received()).extracting(BalancedOrigin.Received::body).containsExactly("body", "body");
        assertThat(received())
                .extracting(each -> each.headers().getInt(Deadline.HEADER))
                .satisfiesOnlyOnce(time -> assertThat(time).isBetween(0, 300))
                .satisfiesOnlyOnce(time -> assertThat(time).isBetween(5_000, 10_000));
    }

    /// Whoever is asked first has applied the write; whoever is asked then behaves like this.
    private static void secondTime(BalancedOrigin.Behaviour behaviour) {
        AtomicInteger asked = new AtomicInteger();
        BalancedOrigin.Behaviour both =
                response -> (asked.getAndIncrement() == 0 ? APPLIED : behaviour).answer(response);
        FIRST.behaves(both);
        SECOND.behaves(both);
    }

    @Test
    void areAnsweredAsTheyAreThen() throws Exception {
        secondTime(BalancedOrigin.WELL);
        assertThat(send("POST", KNOWN_AGAIN, "body").body()).isEqualTo("well");
    }

    @Test
    void areStillAppliedWhateverBecomesOfAskingOnceMore() throws Exception {
        secondTime(BalancedOrigin.CLOSES);
        assertThat(send("PUT", KNOWN_AGAIN, "body").body()).isEqualTo("applied");
        assertThat(received()).hasSize(2);
    }

    /// A second time, a removal would find nothing.
    @Test
    void areNotAskedForAgainWhereTheyWouldNotBeKnownAgain() throws Exception {
        assertThat(send("DELETE", "/", "").body()).isEqualTo("applied");
        assertThat(received()).hasSize(1);
    }
}
