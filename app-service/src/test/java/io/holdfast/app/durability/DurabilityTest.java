package io.holdfast.app.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                        .filter(operation -> !(operation instanceof Operation.Get))
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
        store.intercept(_ -> new Outcome.Unconfirmed(42, Durability.REPLICATED, Reached.MEMORY));

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
