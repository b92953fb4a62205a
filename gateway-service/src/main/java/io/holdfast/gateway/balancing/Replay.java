package io.holdfast.gateway.balancing;

import io.holdfast.contract.request.Deadline;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Keeps small bodies while their request is under way, so that it can be sent to another instance.
final class Replay {
    private static final byte[] NOTHING = {};
    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE, HttpMethod.OPTIONS);

    private final ReplayMemory memory;

    Replay(ReplayMemory memory) {
        this.memory = memory;
    }

    /// Runs `use` with the exchange's request, and lets go of its body when that ends, however it
    /// ends.
    Mono<Void> with(ServerWebExchange exchange, Deadline deadline, Function<Sendable, Mono<Void>> use) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = request.getHeaders();
        long length = headers.getContentLength();
        if (headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return use.apply(Sendable.streamed(request));
        }
        if (length == 0 || (length < 0 && WITHOUT_BODY.contains(request.getMethod()))) {
            return use.apply(
                    Sendable.kept(request, NOTHING, exchange.getResponse().bufferFactory()));
        }
        if (length < 0 || !memory.reserve(length)) {
            return use.apply(Sendable.streamed(request));
        }
        return DataBufferUtils.join(request.getBody())
                .map(Replay::bytes)
                .defaultIfEmpty(NOTHING)
                .timeout(deadline.remaining())
                .onErrorMap(TimeoutException.class, _ -> Problems.tooSlow())
                .map(body -> Sendable.kept(request, body, exchange.getResponse().bufferFactory()))
                .flatMap(use)
                .doFinally(_ -> memory.release(length));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
