package io.holdfast.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What is asked for, every time the same.
///
/// @param uri an `http` one, without user and fragment
/// @param headers beside `host`
public record Target(URI uri, Map<String, String> headers) {
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
    byte[] requestBytes() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        StringBuilder text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n")
                .append("host: " + host() + ":" + port() + "\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
