package io.holdfast.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LookupTest extends AppServiceTest {
    @Test
    void answersWhatExistsInTheOrderOfTheRequestAndNamesTheRest() throws IOException {
        client.put(DOCUMENTS + "/a", "{\"n\": 0.10}");
        client.put(DOCUMENTS + "/b%2F%22", "2");
        Answer answer = lookup("{\"ids\":[\"b/\\\"\",\"no\\\"ne\",\"a\",\"a\"]}");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.path("items").size()).isEqualTo(2);
        assertThat(json.path("items").get(0).path("id").asString()).isEqualTo("b/\"");
        assertThat(json.path("items").get(1).path("etag").asString())
                .isEqualTo(client.get(DOCUMENTS + "/a").etag());
        assertThat(answer.text()).contains("\"document\":{\"n\": 0.10}");
        assertThat(json.path("missing").toString()).isEqualTo("[\"no\\\"ne\"]");
        assertThat(lookup("{\"ids\":[]}").text()).isEqualTo("{\"items\":[],\"missing\":[]}");
    }

    @Test
    void takesAThousandIdsAndNoMore() throws IOException {
        for (int i = 0; i < 100; i++) {
            client.put(DOCUMENTS + "/" + i, "1");
        }
        JsonNode json = lookup(ids(1_000)).json();
        assertThat(json.path("items").size()).isEqualTo(100);
        assertThat(json.path("missing").size()).isEqualTo(900);
        Answer tooMany = lookup(ids(1_001));
        assertThat(tooMany.problem()).isEqualTo("malformed-request");
        assertThat(tooMany.detail()).contains("1,000");
    }

    private static String ids(int count) {
        return "{\"ids\":["
                + IntStream.range(0, count).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(",")) + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | malformed-request",
                "{} | malformed-request",
                "[] | malformed-request",
                "{\"ids\":1} | malformed-request",
                "{\"ids\":[1]} | malformed-request",
                "{\"ids\":[\"a\"],\"x\":1} | malformed-request",
                "{\"ids\":[\"a\"] | malformed-request",
                "{\"ids\":[[\"a\"]]} | malformed-request",
                "{\"ids\":[\"\"]} | invalid-id",
                "{\"ids\":[\"..\"]} | invalid-id",
                "{\"ids\":[\"\\u0000\"]} | invalid-id",
                "{\"ids\":[\"\\ud800\"]} | invalid-id"
            })
    void requestsThatAreNone(String json, String problem) throws IOException {
        Answer answer = lookup(json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    @Test
    void largeDocumentsComeFewAtATime() throws IOException {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        for (int i = 0; i < 60; i++) {
            client.put(DOCUMENTS + "/" + i, large);
        }
        Answer answer = lookup(ids(60));
        assertThat(answer.complete()).isTrue();
        assertThat(answer.json().path("items").size()).isEqualTo(60);
    }

    @Test
    void aFailureIsAProblemOrCutsTheAnswerOff() throws IOException {
        String large = "\"" + "x".repeat(10_000) + "\"";
        for (int i = 0; i < 200; i++) {
            client.put(DOCUMENTS + "/" + i, large);
        }
        failReadsFrom(1);
        assertThat(lookup(ids(200)).problem()).isEqualTo("storage-unavailable");
        failReadsFrom(100);
        Answer cut = lookup(ids(200));
        assertThat(cut.status()).isEqualTo(200);
        assertThat(cut.complete()).isFalse();
    }

    private void failReadsFrom(int first) {
        AtomicInteger reads = new AtomicInteger();
        store.intercept(operation -> operation instanceof Operation.Get && reads.incrementAndGet() >= first
                ? new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "No primary.")
                : null);
    }

    private Answer lookup(String json) throws IOException {
        return client.post(DOCUMENTS + ":get", "application/json", json);
    }
}
