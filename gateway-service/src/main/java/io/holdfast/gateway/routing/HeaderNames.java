package io.holdfast.gateway.routing;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.stream.Stream;

/// A set of header names, which have no case (RFC 9110, 5.1). It is a table of headers, as that finds the
/// names a connection's decoder makes by the hash they carry. Not changed once made, so thread-safe.
final class HeaderNames {
    /// Those that speak of one connection only (RFC 9110, 7.6.1), so they end at the gateway.
    static final HeaderNames HOP_BY_HOP = of(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private final AsciiString[] names;
    private final HttpHeaders table =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();

    private HeaderNames(AsciiString[] names) {
        this.names = names;
        for (AsciiString name : names) {
            table.set(name, "");
        }
    }

    static HeaderNames of(String... names) {
        return new HeaderNames(Stream.of(names).map(AsciiString::cached).toArray(AsciiString[]::new));
    }

    /// All of these, and more.
    HeaderNames and(String... more) {
        return new HeaderNames(
                Stream.concat(Stream.of(names), Stream.of(of(more).names)).toArray(AsciiString[]::new));
    }

    boolean contains(CharSequence name) {
        return table.contains(name);
    }

    void removeFrom(HttpHeaders headers) {
        for (AsciiString name : names) {
            headers.remove(name);
        }
    }
}
