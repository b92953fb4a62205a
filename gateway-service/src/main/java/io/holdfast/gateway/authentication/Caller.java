package io.holdfast.gateway.authentication;

import io.holdfast.contract.request.CallerName;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/// Who a request comes from: the holder of an API key.
public record Caller(String name, Set<Permission> permissions) {
    /// The header that tells the services behind the gateway the caller's name. Clients cannot set it.
    public static final String HEADER = CallerName.HEADER;

    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /// The caller of an exchange; null on routes that need no key.
    public static @Nullable Caller of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
