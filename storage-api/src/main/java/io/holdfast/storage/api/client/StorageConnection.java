package io.holdfast.storage.api.client;

import static java.util.Objects.requireNonNull;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.RequestId;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.storage.api.wire.CallContract;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/// Sends a call to one storage service and waits for its answer. Thread-safe. It blocks, so it is
/// for virtual threads.
final class StorageConnection implements AutoCloseable {
    private static final String SPAN = "POST " + CallContract.PATH;
    private static final String CBOR = "application/cbor";

    /// How a call is to be treated.
    ///
    /// @param batch whether it carries operations of several requests
    /// @param time that the storage service has for it, where the attempt leaves it as much
    record Kind(boolean batch, Duration time) {
        static final Kind REQUEST = new Kind(false, Deadline.LONGEST);
    }

    private final ConnectionProvider pool;
    private final HttpClient client;
    private final int maxAnswerBytes;
    private final BiConsumer<Instance, HttpHeaders> headers;
    private final Tracing tracing;
    private final Timer timer;

    /// @param headers hears what an instance says of itself in the headers of its answers
    /// @param timer ends attempts
    StorageConnection(
            StorageClientProperties limits,
            InternalCredential credential,
            BiConsumer<Instance, HttpHeaders> headers,
            Tracing tracing,
            Timer timer) {
        this.headers = headers;
        this.tracing = tracing;
        this.timer = timer;
        pool = ConnectionProvider.builder("storage")
                .maxConnections(limits.maxConnections())
                .pendingAcquireMaxCount(limits.maxWaiting())
                .pendingAcquireTimeout(limits.waitTimeout())
                .maxIdleTime(limits.maxIdleTime())
                .evictInBackground(limits.maxIdleTime())
                .lifo()
                .build();
        client = HttpClient.create(pool)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .headers(sent -> sent.set(InternalCredential.HEADER, credential.credential())
                        .set("Content-Type", CBOR)
                        .set("Accept", CBOR));
        maxAnswerBytes = (int) Math.min(limits.maxAnswerSize().toBytes(), Integer.MAX_VALUE - 8);
    }

    Reply send(Attempt attempt, Kind kind, byte[] message) {
        Span span = tracing.call(SPAN);
        int status = 0;
        try {
            Reply reply = exchange(attempt, kind, message, span);
            if (reply instanceof Reply.Answer answer) {
                status = answer.status();
            }
            return reply;
        } finally {
            span.setAttribute("server.address", attempt.instance().uri().toString());
            Tracing.end(span, status);
        }
    }

    private Reply exchange(Attempt attempt, Kind kind, byte[] message, Span span) {
        String requestId = MDC.get(RequestId.LOG_KEY);
        AtomicBoolean sent = new AtomicBoolean();
        CompletableFuture<@Nullable Reply> reply = client.headers(
                        headers -> describe(headers, attempt, kind, requestId, span))
                .post()
                .uri(attempt.instance().uri() + CallContract.PATH)
                .send(Mono.fromSupplier(() -> {
                    sent.set(true);
                    return Unpooled.wrappedBuffer(message);
                }))
                .response((response, content) -> read(attempt, response, content))
                .single()
                .toFuture();
        return await(reply, attempt, sent);
    }

    private static void describe(
            HttpHeaders headers, Attempt attempt, Kind kind, @Nullable String requestId, Span span) {
        long time = Math.min(attempt.limit().toMillis(), kind.time().toMillis());
        headers.set(Deadline.HEADER, Math.max(1, time));
        if (kind.batch()) {
            headers.set(CallContract.BATCH_HEADER, "true");
        }
        if (requestId != null) {
            headers.set(RequestId.HEADER, requestId);
        }
        Tracing.send(span, headers::set);
    }

    private Mono<Reply> read(Attempt attempt, HttpClientResponse response, ByteBufFlux content) {
        attempt.answered();
        headers.accept(attempt.instance(), response.responseHeaders());
        int status = response.status().code();
        String announced = response.responseHeaders().get("Content-Length");
        return content.collect(
                        () -> new BoundedBody(maxAnswerBytes, announced == null ? -1 : Long.parseLong(announced)),
                        BoundedBody::append)
                .map(body -> new Reply.Answer(status, body.bytes()));
    }

    /// @param sent whether there was a connection to send the message on
    private Reply await(CompletableFuture<@Nullable Reply> reply, Attempt attempt, AtomicBoolean sent) {
        Timeout late = timer.newTimeout(_ -> reply.cancel(true), attempt.limit().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return requireNonNull(reply.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof BoundedBody.TooLargeException
                    ? new Reply.TooLarge()
                    : new Reply.Failed(TransportFailure.of(cause));
        } catch (CancellationException _) {
            return new Reply.Failed(
                    sent.get()
                            ? TransportFailure.of(new TimeoutException())
                            : new TransportFailure(Failure.NOT_SENT, TransportFailure.NO_CONNECTION_FREE));
        } catch (InterruptedException _) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Failed(new TransportFailure(Failure.UNANSWERED, "this service is stopping"));
        } finally {
            late.cancel();
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
