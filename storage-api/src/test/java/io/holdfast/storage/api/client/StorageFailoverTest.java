package io.holdfast.storage.api.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Health;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.wire.OutcomeCodec;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// What a caller sees of storage services that fail: nothing, a pause, or a clear problem.
class StorageFailoverTest {
    private static final Namespace CITIES = new Namespace("documents", "cities");
    private static final Operation.Get GET = new Operation.Get(CITIES, "1");
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void goesElsewhereWhereNobodyListens() {
        try (StorageOrigin alive = new StorageOrigin();
                StorageClient client = client(NOBODY, alive.uri())) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.execute(GET)).isEqualTo(new Outcome.Absent());
            }
            assertThat(client.instance(0).health()).isEqualTo(new Health.Unhealthy("connection refused"));
            assertThat(client.failures(Failure.UNREACHABLE)).isOne();
        }
    }

    /// How a storage service can fail after it got the call.
    enum Trouble {
        SILENCE,
        CLOSED_AT_ONCE,
        HALF_AN_ANSWER,
        GARBAGE,
        WRONG_KIND,
        WRONG_NUMBER,
        UNAVAILABLE,
        NO_PROBLEM_DETAIL;

        Publisher<Void> answer(HttpServerResponse response) {
            return switch (this) {
                case SILENCE -> Mono.never();
                case CLOSED_AT_ONCE -> closedAfter("", response);
                case HALF_AN_ANSWER -> closedAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", response);
                case GARBAGE -> StorageOrigin.send(response, new byte[] {1, 2, 3});
                case WRONG_KIND -> outcomes(response, new Outcome.Dropped(true));
                case WRONG_NUMBER -> outcomes(response, new Outcome.Absent(), new Outcome.Absent());
                case UNAVAILABLE, NO_PROBLEM_DETAIL ->
                    response.status(503).sendString(Mono.just(this == UNAVAILABLE ? "{}" : "busy"));
            };
        }

        private static Publisher<Void> outcomes(HttpServerResponse response, Outcome... outcomes) {
            return StorageOrigin.send(response, OutcomeCodec.encode(List.of(outcomes)));
        }

        private static Mono<Void> closedAfter(String bytes, HttpServerResponse response) {
            return Mono.<Void>never()
                    .doOnSubscribe(_ -> response.withConnection(connection -> {
                        ChannelHandlerContext belowHttp =
                                connection.channel().pipeline().firstContext();
                        var _ = belowHttp
                                .writeAndFlush(Unpooled.copiedBuffer(bytes, US_ASCII))
                                .addListener(ChannelFutureListener.CLOSE);
                    }));
        }

        ProblemType whenNobodyElseIsLeft() {
            return switch (this) {
                case SILENCE -> ProblemType.DEADLINE_EXCEEDED;
                case GARBAGE, WRONG_KIND, WRONG_NUMBER -> ProblemType.BAD_GATEWAY;
                case CLOSED_AT_ONCE, HALF_AN_ANSWER, UNAVAILABLE, NO_PROBLEM_DETAIL -> ProblemType.STORAGE_UNAVAILABLE;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesElsewhereAfter(Trouble trouble) {
        try (StorageOrigin failing = new StorageOrigin();
                StorageOrigin alive = new StorageOrigin();
                StorageClient client = new StorageClient(failing, alive)) {
            failing.behaves((_, response) -> trouble.answer(response));
            assertThat(client.execute(GET)).isEqualTo(new Outcome.Absent());
            assertThat(failing.requests()).isOne();
            assertThat(alive.requests()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsWrongWhereAllFail(Trouble trouble) {
        try (StorageOrigin failing = new StorageOrigin();
                StorageClient client = new StorageClient(failing)) {
            failing.behaves((_, response) -> trouble.answer(response));
            // Only silence is to end by the deadline; attempts and the pauses between them take a second or two.
            Duration time = trouble == Trouble.SILENCE ? Duration.ofSeconds(1) : Duration.ofSeconds(10);
            assertThat(client.problemWithin(time, GET)).isEqualTo(trouble.whenNobodyElseIsLeft());
            assertThat(failing.requests())
                    .as("three attempts, and three times as many where the connection is cut off")
                    .isLessThanOrEqualTo(9);
        }
    }

    @Test
    void waitsForStorageServicesThatAreAllDown() {
        int port = portOfNobody();
        try (StorageClient client = client(URI.create("http://127.0.0.1:" + port))) {
            CompletableFuture<Outcome> answer = CompletableFuture.supplyAsync(() -> client.execute(GET), threads);
            await().until(() -> client.failures(Failure.UNREACHABLE) > 2);
            assertThat(answer).isNotDone();
            try (StorageOrigin _ = new StorageOrigin(port)) {
                assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(new Outcome.Absent());
            }
        }
    }

    @Test
    void saysThatNoStorageServiceCanBeReachedWhenItsPatienceEnds() {
        try (StorageClient client = new StorageClient(Duration.ofMillis(100), 16, 1000, List.of(NOBODY))) {
            assertThat(client.problem(GET)).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
        }
    }

    @Test
    void endsByTheDeadlineBeforeItsPatienceEnds() {
        try (StorageClient client = client(NOBODY)) {
            assertThat(client.problemWithin(Duration.ofSeconds(1), GET)).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
            assertThat(client.problemWithin(Duration.ZERO, GET)).isEqualTo(ProblemType.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void doesNotNoticeThatAPooledConnectionWasClosed() {
        StorageOrigin before = new StorageOrigin();
        try (StorageClient client = new StorageClient(before)) {
            client.execute(GET);
            before.close();
            try (StorageOrigin _ = new StorageOrigin(before.port())) {
                assertThat(client.execute(GET)).isEqualTo(new Outcome.Absent());
            }
        }
    }

    @Test
    void boundsTheCallsThatWaitForAConnection() {
        try (StorageOrigin silent = new StorageOrigin();
                StorageClient client = new StorageClient(Duration.ofMillis(50), 1, 1, List.of(silent.uri()))) {
            silent.isSilent();
            threads.execute(() -> client.problem(GET));
            await().until(() -> silent.requests() == 1);
            threads.execute(() -> client.problem(GET));
            await().until(() -> client.problem(GET) == ProblemType.OVERLOADED);
        }
    }

    @Test
    void servesManyVirtualThreadsOverFewConnections() {
        AtomicInteger answered = new AtomicInteger();
        try (StorageOrigin first = new StorageOrigin();
                StorageOrigin second = new StorageOrigin();
                StorageClient client =
                        new StorageClient(StorageClient.PATIENCE, 4, 1000, List.of(first.uri(), second.uri()))) {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 64; caller++) {
                    callers.execute(() -> {
                        for (int i = 0; i < 50; i++) {
                            client.execute(GET);
                            answered.incrementAndGet();
                        }
                    });
                }
            }
            assertThat(answered).hasValue(64 * 50);
        }
    }

    private static StorageClient client(URI... instances) {
        return new StorageClient(StorageClient.PATIENCE, 16, 1000, List.of(instances));
    }

    private static int portOfNobody() {
        try (StorageOrigin origin = new StorageOrigin()) {
            return origin.port();
        }
    }
}
