package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Instance;
import io.opentelemetry.api.trace.Span;
import org.springframework.web.server.ServerWebExchange;

/// Begins the spans of attempts, so that a trace shows who was asked, and what came of it.
@FunctionalInterface
public interface AttemptTrace {
    /// Where nobody traces.
    AttemptTrace NONE = (_, _) -> Span.getInvalid();

    Span begin(ServerWebExchange exchange, Instance instance);

    /// The span of the attempt that an exchange belongs to; invalid where there is none.
    static Span of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(AttemptTrace.class.getName(), Span.getInvalid());
    }
}
