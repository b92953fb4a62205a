package io.holdfast.launcher.redis;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a Redis node listens.
public record NodeAddress(String host, int port) {
    private static final int LAST_PORT = 65_535;

    public NodeAddress {
        if (host.isBlank() || port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("'" + host + ":" + port + "' is not HOST:PORT");
        }
    }

    public static NodeAddress local(int port) {
        return new NodeAddress("127.0.0.1", port);
    }

    /// Reads `HOST:PORT`; the host may be an IPv6 address in brackets.
    public static NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new NodeAddress(text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT", e);
        }
    }

    /// Reads `HOST:PORT,HOST:PORT,…`.
    public static List<NodeAddress> parseList(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(NodeAddress::parse)
                .toList();
    }

    /// The reverse of [#parseList]; what `spring.data.redis.cluster.nodes` takes.
    public static String join(List<NodeAddress> addresses) {
        return addresses.stream().map(NodeAddress::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
