package io.holdfast.gateway.stream;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// The wish of a client to speak the WebSocket protocol (RFC 6455, 4.1).
final class Upgrade {
    static final String PROTOCOLS = "Sec-WebSocket-Protocol";
    /// What either side of the gateway agrees on for its own connection.
    private static final List<String> OF_ONE_CONNECTION =
            List.of("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions", "Sec-WebSocket-Accept");

    private Upgrade() {}

    static boolean isAskedForBy(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return "websocket".equalsIgnoreCase(headers.getUpgrade())
                && request.getMethod().equals(HttpMethod.GET)
                && headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase);
    }

    static void removeFrom(HttpHeaders headers) {
        OF_ONE_CONNECTION.forEach(headers::remove);
        headers.remove(PROTOCOLS);
    }
}
