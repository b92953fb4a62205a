package io.holdfast.gateway.routing;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.OperationId;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.gateway.authentication.Caller;
import io.holdfast.gateway.balancing.AttemptDeadline;
import io.holdfast.gateway.balancing.AttemptTrace;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/// Writes the headers a service gets: the client's, without those that are for the gateway or that
/// only the gateway may set, and the gateway's own. They go from the one connection's headers to the
/// other's, in one pass: what a filter changes in the exchange's is not heeded.
final class RequestHeaders implements BiConsumer<ServerWebExchange, HttpHeaders> {
    private static final HeaderNames NOT_FROM_CLIENTS = HeaderNames.HOP_BY_HOP.and(
            "Authorization",
            "Content-Length",
            "Expect",
            "Host",
            InternalCredential.HEADER,
            Deadline.HEADER,
            Caller.HEADER,
            OperationId.HEADER,
            Tracing.PARENT_HEADER,
            Tracing.STATE_HEADER,
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Ssl");
    private static final Set<HttpMethod> USUALLY_WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private final InternalCredential credential;

    RequestHeaders(InternalCredential credential) {
        this.credential = credential;
    }

    /// @param headers of the request to the service; what they hold, but the host, is dropped
    @Override
    public void accept(ServerWebExchange exchange, HttpHeaders headers) {
        ServerHttpRequest request = exchange.getRequest();
        HttpServerRequest client = ServerHttpRequestDecorator.getNativeRequest(request);
        HttpHeaders given = client.requestHeaders();
        String host = headers.get(HttpHeaderNames.HOST);
        headers.clear();
        if (host != null) {
            headers.set(HttpHeaderNames.HOST, host);
        }
        copy(given, headers);
        frame(given, headers, client.method());
        addForwarded(given, headers, request);
        headers.set(InternalCredential.HEADER, credential.credential());
        Deadline attempt = Objects.requireNonNull(AttemptDeadline.of(exchange), "no instance was picked");
        headers.set(Deadline.HEADER, attempt.header());
        String operationId = TargetFilter.operationId(exchange);
        if (operationId != null) {
            headers.set(OperationId.HEADER, operationId);
        }
        Tracing.send(AttemptTrace.of(exchange), headers::set);
        Caller caller = Caller.of(exchange);
        if (caller != null) {
            headers.set(Caller.HEADER, caller.name());
        }
    }

    private static void copy(HttpHeaders given, HttpHeaders headers) {
        HeaderNames named = namedByConnection(given);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = given.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (!NOT_FROM_CLIENTS.contains(header.getKey()) && (named == null || !named.contains(header.getKey()))) {
                headers.add(header.getKey(), header.getValue());
            }
        }
    }

    /// A `Connection` header may name further headers of this hop; nearly always it names none.
    private static @Nullable HeaderNames namedByConnection(HttpHeaders given) {
        String connection = given.get(HttpHeaderNames.CONNECTION);
        return connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")
                ? null
                : HeaderNames.of(StringUtils.tokenizeToStringArray(
                        String.join(",", given.getAll(HttpHeaderNames.CONNECTION)), ","));
    }

    /// The body's length goes along whatever a client says of it: a body without one would be read as
    /// the next request on the same connection.
    private static void frame(HttpHeaders given, HttpHeaders headers, HttpMethod method) {
        String length = given.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (!USUALLY_WITHOUT_BODY.contains(method)) {
            if (given.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
            } else {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
            }
        }
    }

    private static void addForwarded(HttpHeaders given, HttpHeaders headers, ServerHttpRequest request) {
        InetSocketAddress client = request.getRemoteAddress();
        if (client != null && client.getAddress() != null) {
            headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
        }
        String scheme = String.valueOf(request.getURI().getScheme());
        headers.set("X-Forwarded-Proto", scheme);
        String host = given.get(HttpHeaderNames.HOST);
        if (host != null) {
            headers.set("X-Forwarded-Host", host);
            headers.set("X-Forwarded-Port", port(request, scheme));
        }
    }

    private static String port(ServerHttpRequest request, String scheme) {
        int port = request.getURI().getPort();
        return port >= 0 ? Integer.toString(port) : scheme.equals("https") ? "443" : "80";
    }
}
