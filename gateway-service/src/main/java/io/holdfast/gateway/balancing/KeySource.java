package io.holdfast.gateway.balancing;

import io.holdfast.balancing.RequestKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Where the key of a request is found. Requests with the same key go to the same instance under
/// the strategy `consistent-hash`; ones without a key go anywhere.
sealed interface KeySource {
    record Path() implements KeySource {}

    record Header(String name) implements KeySource {}

    record Cookie(String name) implements KeySource {}

    /// `path`, `header:Name`, `cookie:name`.
    ///
    /// @throws IllegalArgumentException says what is expected
    static KeySource valueOf(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String name = colon < 0 ? "" : text.substring(colon + 1);
        if (kind.equals("path") && colon < 0) {
            return new Path();
        }
        if (!name.isEmpty() && kind.equals("header")) {
            return new Header(name);
        }
        if (!name.isEmpty() && kind.equals("cookie")) {
            return new Cookie(name);
        }
        throw new IllegalArgumentException(
                "'%s' is no source of keys. Use path, header:Name or cookie:name.".formatted(text));
    }

    default RequestKey of(ServerHttpRequest request) {
        String text =
                switch (this) {
                    case Path _ -> request.getURI().getRawPath();
                    case Header(String name) -> request.getHeaders().getFirst(name);
                    case Cookie(String name) -> valueOf(request.getCookies().getFirst(name));
                };
        return text == null ? RequestKey.NONE : RequestKey.of(text);
    }

    private static @Nullable String valueOf(@Nullable HttpCookie cookie) {
        return cookie == null ? null : cookie.getValue();
    }
}
