package io.holdfast.storage.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.StoredRecord;
import io.holdfast.storage.api.wire.CallContract;
import io.holdfast.storage.api.wire.OperationCodec;
import io.holdfast.storage.api.wire.OutcomeCodec;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// How operations of several requests travel. One call of a kind is under way at once here, with at most four
/// operations in it.
class BatchedRecordStoreTest {
    private static final Namespace CITIES = new Namespace("documents", "cities");
    private static final Outcome UNAVAILABLE =
            new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "A partition has no primary.");

    private final StorageOrigin origin = new StorageOrigin();
    private final StorageClient client = new StorageClient(origin);
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Operation<?>>> calls = new CopyOnWriteArrayList<>();
    private final Sinks.Empty<Void> release = Sinks.empty();

    @AfterEach
    void end() {
        release.tryEmitEmpty();
        requests.close();
        client.close();
        origin.close();
    }

    private static Operation.Get get(String key) {
        return new Operation.Get(CITIES, key);
    }

    private static Outcome found(Operation<?> get) {
        String key = ((Operation.Get) get).key();
        return new Outcome.Found(
                new StoredRecord(key, 1, StoredRecord.NEVER, new Content(key.getBytes(UTF_8), "text/plain")));
    }

    /// Notes each call, holds the first one back until the test releases it, and answers each operation.
    private void answering(Function<Operation<?>, Outcome> answer) {
        origin.behaves((message, response) -> {
            List<Operation<?>> operations = OperationCodec.decode(message);
            calls.add(operations);
            byte[] body = OutcomeCodec.encode(operations.stream().map(answer).toList());
            Mono<Void> answered = StorageOrigin.send(response, body);
            return calls.size() == 1 ? release.asMono().then(answered) : answered;
        });
    }

    private Future<Outcome> ask(Operation<?> operation) {
        return requests.submit((Callable<Outcome>) () -> client.batched.execute(operation));
    }

    /// Has a call under way.
    private void begin(Operation<?> operation) {
        requests.execute(() -> client.batched.execute(operation));
        await().until(() -> calls.size() == 1);
    }

    /// Has a first call under way and others waiting for it, in this order.
    private List<Future<Outcome>> behindAnother(Operation<?>... operations) {
        List<Future<Outcome>> asked = new ArrayList<>();
        begin(operations[0]);
        for (int i = 1; i < operations.length; i++) {
            asked.add(ask(operations[i]));
            int waiting = i;
            await().until(() -> client.waiting() == waiting);
        }
        release.tryEmitEmpty();
        return asked;
    }

    @Test
    void sendsTheFirstAtOnceAndTogetherWhatWaitedForIt() throws Exception {
        answering(BatchedRecordStoreTest::found);
        List<Future<Outcome>> asked = behindAnother(get("a"), get("b"), get("c"), get("d"));
        assertThat(asked.get(0).get()).isEqualTo(found(get("b")));
        assertThat(asked.get(1).get()).isEqualTo(found(get("c")));
        assertThat(asked.get(2).get()).isEqualTo(found(get("d")));
        assertThat(calls).containsExactly(List.of(get("a")), List.of(get("b"), get("c"), get("d")));
        assertThat(client.registry.summary("holdfast.storage.client.operations").max())
                .isEqualTo(3);
    }

    @Test
    void boundsWhatTravelsTogether() throws Exception {
        answering(BatchedRecordStoreTest::found);
        List<Future<Outcome>> asked =
                behindAnother(get("a"), get("b"), get("c"), get("d"), get("e"), get("f"), get("g"));
        for (Future<Outcome> each : asked) {
            each.get();
        }
        assertThat(calls.stream().map(List::size)).containsExactly(1, 4, 2);
    }

    @Test
    void saysThatTheOperationsAreOfSeveralRequestsAndHowLongTheyMayTake() throws Exception {
        answering(BatchedRecordStoreTest::found);
        release.tryEmitEmpty();
        ask(get("a")).get();
        HttpHeaders headers = origin.request();
        assertThat(headers.get(CallContract.BATCH_HEADER)).isEqualTo("true");
        assertThat(headers.getInt(Deadline.HEADER)).isEqualTo((int) StorageClient.BATCH_TIME.toMillis());
    }

    @Test
    void keepsReadsApartFromWritesAndFromWhatTakesLonger() throws Exception {
        answering(operation -> operation instanceof Operation.Get ? found(operation) : new Outcome.Stored(1, true));
        begin(get("a"));
        assertThat(ask(put(Durability.REPLICATED)).get()).isInstanceOf(Outcome.Stored.class);
        assertThat(ask(put(Durability.MEMORY)).get()).isInstanceOf(Outcome.Stored.class);
        assertThat(calls).hasSize(3);
    }

    @Test
    void asksForWhatFailedForAPassingReasonAgainAlone() throws Exception {
        answering(operation -> operation.equals(get("b")) && calls.size() == 2 ? UNAVAILABLE : found(operation));
        List<Future<Outcome>> asked = behindAnother(get("a"), get("b"), get("c"));
        assertThat(asked.get(0).get()).isEqualTo(found(get("b")));
        assertThat(asked.get(1).get()).isEqualTo(found(get("c")));
        assertThat(calls).containsExactly(List.of(get("a")), List.of(get("b"), get("c")), List.of(get("b")));
    }

    @Test
    void asksForEachAgainWhereTheCallFailedAltogether() throws Exception {
        origin.behaves((message, response) -> {
            List<Operation<?>> operations = OperationCodec.decode(message);
            calls.add(operations);
            if (operations.size() > 1) {
                return response.status(400).send();
            }
            Mono<Void> answered =
                    StorageOrigin.send(response, OutcomeCodec.encode(List.of(found(operations.getFirst()))));
            return calls.size() == 1 ? release.asMono().then(answered) : answered;
        });
        List<Future<Outcome>> asked = behindAnother(get("a"), get("b"), get("c"));
        assertThat(asked.get(0).get()).isEqualTo(found(get("b")));
        assertThat(asked.get(1).get()).isEqualTo(found(get("c")));
        assertThat(calls).hasSize(4);
    }

    @Test
    void tellsOnlyTheOneThatAskedOfAFailureThatStays() throws Exception {
        answering(operation -> operation.equals(get("b"))
                ? new Outcome.Failed(ProblemType.STORAGE_FULL, "The storage is full.")
                : found(operation));
        List<Future<Outcome>> asked = behindAnother(get("a"), get("b"), get("c"));
        assertThatThrownBy(asked.get(0)::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(ProblemException.class)
                .hasRootCauseMessage("The storage is full.");
        assertThat(asked.get(1).get()).isEqualTo(found(get("c")));
        assertThat(calls).hasSize(2);
    }

    @Test
    void asksForAWriteThatIsNotConfirmedAgainAlone() throws Exception {
        Outcome stored = new Outcome.Stored(7, true, new Reached(Durability.REPLICATED, 1));
        answering(_ -> calls.size() == 1 ? new Outcome.Unconfirmed(7, Durability.REPLICATED, Reached.MEMORY) : stored);
        release.tryEmitEmpty();
        Operation.Put put = put(Durability.REPLICATED);
        assertThat(ask(put).get()).isEqualTo(stored);
        assertThat(calls).containsExactly(List.of(put), List.of(put));
    }

    @Test
    void letsNobodyWaitBeyondTheTimeOfABatch() throws Exception {
        origin.behaves((message, response) -> {
            List<Operation<?>> operations = OperationCodec.decode(message);
            calls.add(operations);
            return operations.getFirst().equals(get("never"))
                    ? Mono.never()
                    : StorageOrigin.send(
                            response,
                            OutcomeCodec.encode(operations.stream()
                                    .map(BatchedRecordStoreTest::found)
                                    .toList()));
        });
        begin(get("never"));
        assertThat(ask(get("b")).get()).isEqualTo(found(get("b")));
    }

    @Test
    void sendsAloneWhatHasLessTimeThanABatch() throws Exception {
        answering(BatchedRecordStoreTest::found);
        begin(get("a"));
        Deadline.in(Duration.ofMillis(900)).call(() -> client.batched.execute(get("b")));
        assertThat(calls).containsExactly(List.of(get("a")), List.of(get("b")));
    }

    private static Operation.Put put(Durability durability) {
        return new Operation.Put(
                CITIES,
                "p",
                new Content("{}".getBytes(UTF_8), "application/json"),
                Precondition.NONE,
                null,
                1,
                durability);
    }
}
