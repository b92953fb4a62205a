package io.holdfast.gateway.routing;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.OperationId;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.gateway.authentication.Caller;
import io.holdfast.gateway.balancing.AttemptDeadline;
import io.holdfast.gateway.balancing.AttemptTrace;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/// Writes the headers a service gets: the client's, without those that are for the gateway or that
/// only the gateway may set, and the gateway's own. One pass and one copy, in place of Spring Cloud
/// Gateway's chain of header filters, which copies for each.
final class RequestHeaders implements HttpHeadersFilter {
    private static final Set<String> NOT_FROM_CLIENTS = HopByHop.caseless(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.EXPECT,
            HttpHeaders.HOST,
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

    @Override
    public HttpHeaders filter(HttpHeaders given, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        Set<String> named = namedByConnection(given);
        HttpHeaders headers = new HttpHeaders();
        given.forEach((name, values) -> {
            if (!HopByHop.contains(name) && !NOT_FROM_CLIENTS.contains(name) && !named.contains(name)) {
                headers.put(name, values);
            }
        });
        frame(given, headers, request.getMethod());
        addForwarded(headers, request);
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
        return headers;
    }

    /// A `Connection` header may name further headers of this hop; nearly always it names none.
    private static Set<String> namedByConnection(HttpHeaders given) {
        String connection = given.getFirst(HttpHeaders.CONNECTION);
        return connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")
                ? Set.of()
                : HopByHop.caseless(given.getConnection().toArray(String[]::new));
    }

    /// The body's length goes along whatever a client says of it: a body without one would be read as
    /// the next request on the same connection.
    private static void frame(HttpHeaders given, HttpHeaders headers, HttpMethod method) {
        String length = given.getFirst(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            headers.set(HttpHeaders.CONTENT_LENGTH, length);
        } else if (!USUALLY_WITHOUT_BODY.contains(method) && !given.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            headers.set(HttpHeaders.CONTENT_LENGTH, "0");
        }
    }

    private static void addForwarded(HttpHeaders headers, ServerHttpRequest request) {
        InetSocketAddress client = request.getRemoteAddress();
        if (client != null && client.getAddress() != null) {
            headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
        }
        String scheme = String.valueOf(request.getURI().getScheme());
        headers.set("X-Forwarded-Proto", scheme);
        List<String> host = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
        if (!host.isEmpty()) {
            headers.set("X-Forwarded-Host", host.getFirst());
            headers.set("X-Forwarded-Port", port(request, scheme));
        }
    }

    private static String port(ServerHttpRequest request, String scheme) {
        int port = request.getURI().getPort();
        return port >= 0 ? Integer.toString(port) : scheme.equals("https") ? "443" : "80";
    }
}
