package io.holdfast.balancing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.Failure;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;
import reactor.netty.ByteBufFlux;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;

class TransportFailureTest {
    @Test
    void knowsThatNothingWasSentWhereNobodyListens() {
        assertThat(TransportFailure.of(errorOfGet("http://127.0.0.1:1/")))
                .isEqualTo(new TransportFailure(Failure.UNREACHABLE, "connection refused"));
        assertThat(TransportFailure.of(new ConnectTimeoutException("connection timed out")))
                .isEqualTo(new TransportFailure(Failure.UNREACHABLE, "no connection within its time"));
        assertThat(TransportFailure.of(new UnknownHostException("nowhere")).kind())
                .isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void doesNotBlameTheInstanceForAStaleConnection() {
        assertThat(TransportFailure.of(AbortedException.beforeSend()).kind()).isEqualTo(Failure.NOT_SENT);
    }

    @Test
    void supposesOfAnythingElseThatTheRequestWasSent() {
        assertThat(TransportFailure.of(new TimeoutException()).kind()).isEqualTo(Failure.UNANSWERED);
        assertThat(TransportFailure.of(new IOException("Connection reset by peer"))
                        .kind())
                .isEqualTo(Failure.CUT_OFF);
        assertThat(TransportFailure.of(new IllegalArgumentException("invalid version format")))
                .isEqualTo(new TransportFailure(
                        Failure.UNANSWERED, "java.lang.IllegalArgumentException: invalid version format"));
    }

    private static Throwable errorOfGet(String uri) {
        ByteBufFlux answer = HttpClient.create().get().uri(uri).responseContent();
        try {
            answer.blockLast();
        } catch (RuntimeException e) {
            return Exceptions.unwrap(e);
        }
        throw new AssertionError(uri + " answered");
    }
}
