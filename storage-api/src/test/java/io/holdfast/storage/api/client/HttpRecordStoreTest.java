package io.holdfast.storage.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.RequestId;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.wire.OperationCodec;
import io.holdfast.storage.api.wire.OutcomeCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/// What is asked of a storage service, and what is made of its answers.
class HttpRecordStoreTest {
    private static final Namespace CITIES = new Namespace("documents", "cities");
    private static final Operation.Get GET = new Operation.Get(CITIES, "1");
    private static final Operation.Put PUT =
            new Operation.Put(CITIES, "1", new Content("{}".getBytes(UTF_8), "application/json"), Precondition.NONE);

    @Test
    void answersEachOperationInItsPlace() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            assertThat(client.store.executeAll(List.of(PUT, GET, new Operation.Count(CITIES))))
                    .containsExactly(new Outcome.Stored(7, true), new Outcome.Absent(), new Outcome.Size(true, 3));
            assertThat(client.execute(PUT)).isEqualTo(new Outcome.Stored(7, true));
        }
    }

    @Test
    void showsTheCredentialTheRequestsIdAndTheTimeThatIsLeft() throws InterruptedException {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin);
                MDC.MDCCloseable _ = MDC.putCloseable(RequestId.LOG_KEY, "r-1")) {
            Deadline.in(Duration.ofSeconds(5)).call(() -> client.execute(GET));
            HttpHeaders request = origin.request();
            assertThat(request.get(InternalCredential.HEADER)).isEqualTo(StorageClient.CREDENTIAL);
            assertThat(request.get(RequestId.HEADER)).isEqualTo("r-1");
            assertThat(request.getInt(Deadline.HEADER)).isBetween(1, 5_000);
            assertThat(request.get("Content-Type")).isEqualTo("application/cbor");
        }
    }

    @Test
    void tellsTheTraceOfTheRequestThatItServes() throws InterruptedException {
        SpanContext request = SpanContext.createFromRemoteParent(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getDefault(),
                TraceState.getDefault());
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin);
                Scope _ = Span.wrap(request).makeCurrent()) {
            client.execute(GET);
            assertThat(origin.request().get("traceparent"))
                    .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                    .doesNotContain("00f067aa0ba902b7");
        }
    }

    @Test
    void sendsNoRequestIdWhereThereIsNone() throws InterruptedException {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            client.execute(GET);
            assertThat(origin.request().contains(RequestId.HEADER)).isFalse();
        }
    }

    @Test
    void raisesTheFailureOfASingleOperation() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            origin.answers(new Outcome.Failed(ProblemType.STORAGE_FULL, "The storage is full."));
            assertThatThrownBy(() -> client.execute(GET))
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("The storage is full.");
        }
    }

    @Test
    void leavesTheFailureOfOneAmongManyInItsPlace() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            Outcome failed = new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "A partition has no primary.");
            origin.answers(new Outcome.Absent(), failed);
            assertThat(client.store.executeAll(List.of(GET, PUT))).containsExactly(new Outcome.Absent(), failed);
        }
    }

    @Test
    void asksAgainForWhatWasAppliedAndNotConfirmedWhileThereIsTime() {
        Outcome unconfirmed = new Outcome.Unconfirmed(7, Durability.REPLICATED, Reached.MEMORY);
        Outcome stored = new Outcome.Stored(7, true, new Reached(Durability.REPLICATED, 1));
        List<List<Operation<?>>> asked = new CopyOnWriteArrayList<>();
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            origin.behaves((message, response) -> {
                asked.add(OperationCodec.decode(message));
                return StorageOrigin.send(
                        response,
                        OutcomeCodec.encode(
                                asked.size() == 1 ? List.of(new Outcome.Absent(), unconfirmed) : List.of(stored)));
            });
            assertThat(client.store.executeAll(List.of(GET, PUT))).containsExactly(new Outcome.Absent(), stored);
            assertThat(asked).containsExactly(List.of(GET, PUT), List.of(PUT));

            asked.clear();
            List<Outcome> late =
                    Deadline.in(Duration.ofMillis(900)).call(() -> client.store.executeAll(List.of(GET, PUT)));
            assertThat(late).containsExactly(new Outcome.Absent(), unconfirmed);
        }
    }

    @Test
    void whatComesForTheFirstTimeStaysSoWhenItIsAskedAgain() {
        IdempotencyKey key = new IdempotencyKey("token", "", Duration.ofHours(1), "note");
        Outcome unconfirmed = new Outcome.Unconfirmed(7, Durability.REPLICATED, Reached.MEMORY);
        Outcome stored = new Outcome.Stored(7, true, new Reached(Durability.REPLICATED, 1));
        Outcome first = new Outcome.First(unconfirmed);
        Outcome repeated = new Outcome.Repeated(unconfirmed, "note");
        Operation<?> once = new Operation.Once(PUT, key);
        AtomicInteger calls = new AtomicInteger();
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            origin.behaves((_, response) -> StorageOrigin.send(
                    response,
                    OutcomeCodec.encode(
                            calls.incrementAndGet() == 1
                                    ? List.of(first, repeated)
                                    : Collections.nCopies(2, new Outcome.Repeated(stored, "note")))));

            assertThat(client.store.executeAll(List.of(once, once)))
                    .containsExactly(new Outcome.First(stored), new Outcome.Repeated(stored, "note"));
        }
    }

    @Test
    void passesTheStoragesProblemOn() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            origin.fails(ProblemType.BODY_TOO_LARGE, "17 MiB are more than 16 MiB.");
            assertThatThrownBy(() -> client.execute(GET)).hasMessage("17 MiB are more than 16 MiB.");
            assertThat(client.problem(GET)).isEqualTo(ProblemType.BODY_TOO_LARGE);
            assertThat(origin.requests()).isEqualTo(2);
        }
    }

    @Test
    void hidesTheStoragesOwnFaults() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            origin.fails(ProblemType.INTERNAL_ERROR, "secret");
            assertThat(client.problem(GET)).isEqualTo(ProblemType.BAD_GATEWAY);
            origin.fails(404, "<html>Not found</html>");
            assertThat(client.problem(GET)).isEqualTo(ProblemType.BAD_GATEWAY);
        }
    }

    @Test
    void saysThatTheCredentialIsRefusedAndDoesNotInsist() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin, origin)) {
            origin.fails(ProblemType.UNAUTHENTICATED, "Who are you?");
            assertThatThrownBy(() -> client.execute(GET)).hasMessageContaining("credential");
            assertThat(client.problem(GET)).isEqualTo(ProblemType.BAD_GATEWAY);
            assertThat(origin.requests()).isEqualTo(2);
        }
    }

    @Test
    void readsNoAnswerThatIsTooLarge() {
        byte[] large = new byte[StorageClient.MAX_ANSWER_BYTES + 1];
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            origin.behaves((_, response) ->
                    StorageOrigin.send(response.header("Content-Length", Integer.toString(large.length)), large));
            assertThat(client.problem(GET)).isEqualTo(ProblemType.BAD_GATEWAY);
            origin.behaves((_, response) -> StorageOrigin.send(response.chunkedTransfer(true), large));
            assertThat(client.problem(GET)).isEqualTo(ProblemType.BAD_GATEWAY);
            assertThat(origin.requests()).isEqualTo(2);
        }
    }

    @Test
    void refusesWhatIsNoCall() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            RecordStore store = client.store;
            assertThatIllegalArgumentException().isThrownBy(() -> store.executeAll(List.of()));
            assertThatIllegalArgumentException().isThrownBy(() -> store.executeAll(Collections.nCopies(1001, GET)));
        }
    }

    @Test
    void timesCallsByWhatTheyComeTo() {
        try (StorageOrigin origin = new StorageOrigin();
                StorageClient client = new StorageClient(origin)) {
            client.execute(GET);
            client.execute(GET);
            origin.fails(ProblemType.BODY_TOO_LARGE, "Too large.");
            client.problem(GET);
            assertThat(calls(client, "ok")).isEqualTo(2);
            assertThat(calls(client, "body-too-large")).isEqualTo(1);
        }
    }

    private static long calls(StorageClient client, String outcome) {
        return client.registry
                .get("holdfast.storage.client.calls")
                .tag("outcome", outcome)
                .timer()
                .count();
    }
}
