package io.holdfast.gateway.connection;

/// The syntax of a `Host` header: a name, an IPv4 address or an IPv6 address in brackets, and perhaps a
/// port. What the port and the name mean is not checked.
final class HostName {
    private HostName() {}

    static boolean valid(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : nameEnd(host);
        return end > 0
                && (!host.startsWith("[") || onlyAddress(host, end))
                && (end == host.length() || (host.charAt(end) == ':' && port(host, end + 1)));
    }

    private static int nameEnd(String host) {
        int end = 0;
        while (end < host.length() && inName(host.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean inName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    private static boolean onlyAddress(String host, int end) {
        for (int i = 1; i < end - 1; i++) {
            char c = host.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return false;
            }
        }
        return end > 3;
    }

    private static boolean port(String host, int start) {
        int port = 0;
        for (int i = start; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < '0' || c > '9' || i - start > 4) {
                return false;
            }
            port = port * 10 + (c - '0');
        }
        return start < host.length() && port <= 65_535;
    }
}
