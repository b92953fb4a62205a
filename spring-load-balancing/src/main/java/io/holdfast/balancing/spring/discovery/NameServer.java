package io.holdfast.balancing.spring.discovery;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// A DNS server: `10.0.0.2`, `10.0.0.2:5353`, `[fd00::2]:53`. A name would have to be looked up
/// first, so it is not taken.
public record NameServer(InetSocketAddress address) {
    private static final int PORT = 53;

    /// @throws IllegalArgumentException says what is expected
    public static NameServer valueOf(String text) {
        int colon = text.lastIndexOf(':');
        boolean withPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = withPort ? text.substring(0, colon) : text;
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        int port = withPort ? port(text.substring(colon + 1)) : PORT;
        if (address == null || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "'%s' is no name server. Give an IP address, and a port where it is not 53: 10.0.0.2:5353."
                            .formatted(text));
        }
        try {
            return new NameServer(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e); // cannot be: the address has 4 or 16 bytes
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
