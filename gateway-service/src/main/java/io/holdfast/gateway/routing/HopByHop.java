package io.holdfast.gateway.routing;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// The headers that speak of one connection only (RFC 9110, 7.6.1), so they end at the gateway.
final class HopByHop {
    private static final Set<String> NAMES = caseless(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private HopByHop() {}

    static Set<String> names() {
        return NAMES;
    }

    static boolean contains(String name) {
        return NAMES.contains(name);
    }

    /// A set whose `contains` ignores case, as header names do.
    static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Collections.addAll(set, names);
        return Collections.unmodifiableSet(set);
    }
}
