package io.holdfast.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What is asked for, every time the same on one connection.
///
/// @param method `GET`, or another one with a body
/// @param uri an `http` one, without user and fragment; [#NUMBER] in its path stands for the number of the
///     connection, so that connections ask for different things
/// @param headers beside `host` and `content-length`
/// @param body sent with each request; empty for none
public record Target(String method, URI uri, Map<String, String> headers, String body) {
    public static final String NUMBER = "_n_";

    public Target(URI uri, Map<String, String> headers) {
        this("GET", uri, headers, "");
    }

    public Target {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("'%s' is no http URI with a host.".formatted(uri));
        }
        headers = Map.copyOf(headers);
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() < 0 ? 80 : uri.getPort();
    }

    /// The request as it goes over the wire.
    ///
    /// @param connection its number
    byte[] requestBytes(int connection) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath().replace(NUMBER, String.valueOf(connection));
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        StringBuilder text = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n")
                .append("host: " + host() + ":" + port() + "\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("content-length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }
}
