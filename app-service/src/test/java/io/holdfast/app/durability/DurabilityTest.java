package io.holdfast.app.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";
    private static final Reached REPLICATED = new Reached(Durability.REPLICATED, 1);

    @Test
    void everyKindOfWriteCarriesTheLevelAndSaysWhatItReached() throws IOException {
        client.put(DOCUMENT, "{}");
        store.intercept(operation -> switch (operation) {
            case Operation.Put _ -> new Outcome.Stored(7, false, REPLICATED);
            case Operation.Delete _ -> new Outcome.Removed(8, REPLICATED);
            default -> null;
        });
        int before = store.executed().size();
        String asked = "Holdfast-Durability: Replicated";

        List<Answer> answers = List.of(
                client.put(DOCUMENT, "{}", asked),
                client.post(DOCUMENTS, "application/json", "{}", asked),
                client.patch(DOCUMENT, "{\"a\":1}", asked),
                client.post(DOCUMENTS + ":bulk", "application/x-ndjson", "{\"id\":\"x\"}\n{\"id\":\"y\"}\n", asked),
                client.send("DELETE", DOCUMENT, null, asked));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
            assertThat(answer.header(DurabilityHeader.NAME)).isEqualTo("replicated; replicas=1");
        });
        assertThat(store.executed().stream()
                        .skip(before)
                        .filter(operation ->
                                operation instanceof Operation.Put || operation instanceof Operation.Delete)
                        .map(DurabilityTest::level))
                .hasSize(6)
                .containsOnly(Durability.REPLICATED);
    }

    private static @Nullable Durability level(Operation<?> operation) {
        return switch (operation) {
            case Operation.Put put -> put.durability();
            case Operation.Delete delete -> delete.durability();
            default -> null;
        };
    }

    @Test
    void leavesTheLevelToTheStorageWhereNoneIsAsked() throws IOException {
        Answer answer = client.put(DOCUMENT, "{}");

        assertThat(answer.header(DurabilityHeader.NAME)).isEqualTo("memory; replicas=0");
        assertThat(store.executed()).last().extracting(DurabilityTest::level).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void saysThatAWriteIsAppliedThoughItIsNotAsDurableAsAsked(String method) throws IOException {
        store.intercept(operation -> operation instanceof Operation.Put || operation instanceof Operation.Delete
                ? new Outcome.Unconfirmed(42, Durability.REPLICATED, Reached.MEMORY)
                : null);

        Answer answer =
                client.send(method, DOCUMENT, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type: application/json");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("applied-not-durable");
        assertThat(answer.etag()).isEqualTo("\"42\"");
        assertThat(answer.json().path("etag").asString()).isEqualTo("\"42\"");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header(DurabilityHeader.NAME)).isEqualTo("memory; replicas=0");
        assertThat(answer.detail()).contains("is applied", "'replicated'", "Idempotency-Key or If-Match is safe");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /b, application/json, X-None: 0, 201",
        "PUT, /b, application/json, 'If-None-Match: \"1\", \"2\"', 201",
        "POST, '', application/json, X-None: 0, 201",
        "PATCH, /a, application/merge-patch+json, X-None: 0, 200",
        "DELETE, /a, application/json, X-None: 0, 204",
        "DELETE, /a, application/json, 'If-None-Match: \"1\", \"2\"', 204"
    })
    void repeatedUnderItsKeyAWriteAsksForTheLevelAgain(
            String method, String path, String type, String condition, int status) throws IOException {
        client.put(DOCUMENT, "{\"n\":1}");
        client.put(DOCUMENT, "{\"n\":1}");
        client.put(DOCUMENT, "{\"n\":1}");
        AtomicBoolean silent = new AtomicBoolean(true);
        store.intercept(operation ->
                operation instanceof Operation.Once && silent.get() ? unconfirmed(store.apply(operation)) : null);
        String[] headers = {"Content-Type: " + type, "Idempotency-Key: k", "Holdfast-Durability: replicated", condition
        };
        byte @Nullable [] body = method.equals("DELETE") ? null : "{}".getBytes(StandardCharsets.UTF_8);

        Answer first = client.send(method, DOCUMENTS + path, body, headers);
        Answer second = client.send(method, DOCUMENTS + path, body, headers);
        silent.set(false);
        Answer third = client.send(method, DOCUMENTS + path, body, headers);

        assertThat(List.of(first, second)).allSatisfy(answer -> {
            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("applied-not-durable");
            assertThat(answer.etag()).startsWith("\"").isEqualTo(first.etag());
            assertThat(answer.header("Location")).isEqualTo(first.header("Location"));
        });
        assertThat(third.status()).as("%s", third).isEqualTo(status);
        assertThat(third.header("ETag")).isEqualTo(status == 204 ? null : first.etag());
        assertThat(third.header("Location")).isEqualTo(first.header("Location"));
        assertThat(third.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(store.executed().stream()
                        .filter(Operation.Once.class::isInstance)
                        .map(once -> level(((Operation.Once) once).write())))
                .hasSize(3)
                .containsOnly(Durability.REPLICATED);
    }

    /// As if no replica confirmed what is applied.
    private static Outcome unconfirmed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.First(Outcome first) -> new Outcome.First(unconfirmed(first));
            case Outcome.Repeated(Outcome first, String note) -> new Outcome.Repeated(unconfirmed(first), note);
            case Outcome.Stored(long version, boolean _, Reached _, Origin _) ->
                new Outcome.Unconfirmed(version, Durability.REPLICATED, Reached.MEMORY);
            case Outcome.Removed(long version, Reached _, Origin _) ->
                new Outcome.Unconfirmed(version, Durability.REPLICATED, Reached.MEMORY);
            default -> outcome;
        };
    }

    @Test
    void listsUnconfirmedLinesOfAnImport() throws IOException {
        store.intercept(_ -> new Outcome.Unconfirmed(42, Durability.DISK, Reached.MEMORY));

        Answer answer = client.post(DOCUMENTS + ":bulk", "application/x-ndjson", "{\"id\":\"x\"}\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"written\":0", "applied-not-durable");
        assertThat(answer.header(DurabilityHeader.NAME)).isEqualTo("memory; replicas=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "", "replicated, disk"})
    void refusesAnUnknownLevel(String level) throws IOException {
        Answer answer = client.put(DOCUMENT, "{}", "Holdfast-Durability: " + level);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-parameter");
        assertThat(answer.detail()).contains("'" + level + "'", "memory, replicated, disk");
        assertThat(store.stored("things", "a")).isNull();
    }

    @Test
    void passesOnThatTheStorageCannotGiveALevel() throws IOException {
        store.intercept(_ -> new Outcome.Failed(ProblemType.DURABILITY_UNAVAILABLE, "no disk"));

        Answer one = client.put(DOCUMENT, "{}", "Holdfast-Durability: disk");
        Answer many = client.post(
                DOCUMENTS + ":bulk", "application/x-ndjson", "{\"id\":\"x\"}\n", "Holdfast-Durability: disk");

        assertThat(List.of(one, many)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.problem()).isEqualTo("durability-unavailable");
            assertThat(answer.detail()).isEqualTo("no disk");
        });
    }
}
