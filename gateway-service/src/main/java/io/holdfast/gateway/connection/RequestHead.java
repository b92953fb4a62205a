package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Set;

/// The rules for a request's head. All throw the problem that is wrong with it.
final class RequestHead {
    private static final Set<HttpMethod> WITHOUT_CHUNKS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private RequestHead() {}

    /// Makes sure that everybody on the way reads the same request: that it was understood, names one
    /// host, and that its body has one length. The target is put in its clean form.
    static void check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw undecodable(request.decoderResult().cause());
        }
        if (request.protocolVersion().majorVersion() != 1) {
            throw malformed("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
        }
        checkHost(request);
        checkBody(request);
        request.setUri(RequestTarget.clean(request.uri()));
    }

    /// The problem of what the decoder refused.
    static ProblemException undecodable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                new ProblemException(
                        ProblemType.HEADERS_TOO_LARGE, "The request line is too long. Send a shorter path or query.");
            case TooLongHttpHeaderException _ ->
                new ProblemException(
                        ProblemType.HEADERS_TOO_LARGE, "The request headers are too large together. Send fewer.");
            default -> malformed("This is not a well-formed HTTP/1.1 request.");
        };
    }

    private static void checkHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
            throw malformed("The request needs exactly one Host header.");
        }
        if (!hosts.isEmpty() && !HostName.valid(hosts.getFirst())) {
            throw malformed("The Host header is not a host name or address with an optional port.");
        }
    }

    private static void checkBody(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (encodings.isEmpty()) {
            return;
        }
        if (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
            throw malformed("The only transfer encoding supported is chunked.");
        }
        if (WITHOUT_CHUNKS.contains(request.method())) {
            throw malformed("A %s request cannot have a chunked body. Send no body, or a Content-Length."
                    .formatted(request.method()));
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
