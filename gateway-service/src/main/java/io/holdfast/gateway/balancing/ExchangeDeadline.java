package io.holdfast.gateway.balancing;

import io.holdfast.contract.request.Deadline;
import org.springframework.web.server.ServerWebExchange;

/// Knows when an exchange must be answered.
@FunctionalInterface
public interface ExchangeDeadline {
    Deadline of(ServerWebExchange exchange);
}
