package io.holdfast.gateway.balancing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Failure;
import io.holdfast.contract.request.WriteDurability;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import reactor.netty.http.websocket.WebsocketInbound;

/// An attempt that came to the head of an answer, or to an error.
record Ended(Attempt attempt, AttemptExchange own, @Nullable Throwable error) {
    /// The answer's status; zero where there was none.
    int status() {
        HttpStatusCode status = error == null ? own.getResponse().getStatusCode() : null;
        return status == null ? 0 : status.value();
    }

    /// What the answer's status says of the instance; empty where there is none to blame, and where the
    /// answer tells of a write that took place.
    Optional<Failure> failure() {
        HttpStatusCode status = own.getResponse().getStatusCode();
        return status == null ? Optional.empty() : Failure.of(status.value()).filter(_ -> !tellsOfWrite());
    }

    private boolean tellsOfWrite() {
        return own.getResponse().getHeaders().containsHeader(WriteDurability.HEADER);
    }

    /// Whether a write took place and was not confirmed in the time that the attempt had.
    boolean unconfirmed() {
        return Failure.refuses(status()) && tellsOfWrite();
    }

    /// Whether the answer goes on for as long as both sides want.
    boolean stays() {
        String type = own.getResponse().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return (type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE))
                || own.getAttribute(CLIENT_RESPONSE_CONN_ATTR) instanceof WebsocketInbound;
    }

    /// Whether nobody else needs to be asked.
    boolean well() {
        return error == null && failure().isEmpty();
    }
}
