package io.holdfast.gateway.balancing;

import io.holdfast.contract.request.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/// When the instance that has the request now must have answered. It may be earlier than the
/// exchange's own deadline, to leave time for another instance; beyond it, nobody waits for this
/// one.
public final class AttemptDeadline {
    static final String ATTRIBUTE = AttemptDeadline.class.getName();

    private AttemptDeadline() {}

    /// Null before an instance was picked.
    public static @Nullable Deadline of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }
}
