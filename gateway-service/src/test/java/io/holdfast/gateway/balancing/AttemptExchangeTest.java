package io.holdfast.gateway.balancing;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import io.holdfast.contract.request.Deadline;
import io.opentelemetry.api.trace.Span;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.netty.Connection;

class AttemptExchangeTest {
    private final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.get("/").build());
    private final Connection connection = mock();

    @Test
    void letsGoOfItsOwnConnection() {
        AttemptExchange attempt = attempt();
        attempt.getAttributes().put(CLIENT_RESPONSE_CONN_ATTR, connection);
        attempt.discard();
        verify(connection).dispose();
    }

    @Test
    void leavesTheConnectionOfAnAttemptAloneThatWasAcceptedBeforeItBegan() {
        AttemptExchange first = attempt();
        first.getAttributes().put(CLIENT_RESPONSE_CONN_ATTR, connection);
        first.accept();
        attempt().discard();
        verify(connection, never()).dispose();
    }

    private AttemptExchange attempt() {
        return new AttemptExchange(
                exchange,
                exchange.getRequest(),
                URI.create("http://127.0.0.1:1/"),
                Deadline.in(Duration.ofSeconds(1)),
                Span.getInvalid());
    }
}
