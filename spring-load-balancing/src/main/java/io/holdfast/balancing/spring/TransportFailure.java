package io.holdfast.balancing.spring;

import io.holdfast.balancing.Failure;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/// What an exception of Reactor Netty's client means. The pool's exceptions have no public type.
///
/// @param why for people, without addresses or class names where that can be
public record TransportFailure(Failure kind, String why) {
    /// Why an attempt failed that found no free connection to use.
    public static final String NO_CONNECTION_FREE = "no connection was free";

    public static TransportFailure of(Throwable error) {
        return switch (error) {
            case ConnectTimeoutException _ -> unreachable("no connection within its time");
            case ConnectException e -> unreachable(textOf(e));
            case UnknownHostException _ -> unreachable("unknown host");
            case NoRouteToHostException _ -> unreachable("no route to host");
            case SSLHandshakeException _ -> unreachable("TLS handshake failed");
            case PoolAcquireTimeoutException _, PoolAcquirePendingLimitException _ ->
                new TransportFailure(Failure.NOT_SENT, NO_CONNECTION_FREE);
            case AbortedException e
            when AbortedException.isConnectionReset(e) ->
                new TransportFailure(Failure.NOT_SENT, "the connection was stale");
            case TimeoutException _ -> unanswered("no answer within its time");
            case PrematureCloseException _ -> cutOff();
            case IOException _ when AbortedException.isConnectionReset(error) -> cutOff();
            default -> unanswered(error.toString());
        };
    }

    private static TransportFailure unreachable(String why) {
        return new TransportFailure(Failure.UNREACHABLE, why);
    }

    private static TransportFailure cutOff() {
        return new TransportFailure(Failure.CUT_OFF, "the connection closed before the answer was complete");
    }

    private static TransportFailure unanswered(String why) {
        return new TransportFailure(Failure.UNANSWERED, why);
    }

    /// The text differs between the native transports, and holds the address, which is known.
    private static String textOf(ConnectException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("refused") ? "connection refused" : "no connection: " + message;
    }
}
