package io.holdfast.app.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.request.OperationId;
import io.holdfast.contract.request.TimeOrderedIds;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a request that comes a second time is answered, and that it takes place once.
class IdempotencyTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";
    private static final String KEY = "Idempotency-Key: \"k-1\"";
    private static final String JSON = "application/json";

    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random(1));

    private static boolean replayed(Answer answer) {
        return "true".equals(answer.header("Idempotent-Replayed"));
    }

    /// Everything a client sees of the answer to a write, the mark excepted.
    private static String answered(Answer answer) {
        return answer.status() + " " + answer.etag() + " " + answer.header("Location") + " " + answer.text();
    }

    private Answer delete(String target, String... headers) throws IOException {
        return client.send("DELETE", target, null, headers);
    }

    @Test
    void createsOnce() throws IOException {
        Answer first = client.post(DOCUMENTS, JSON, "{}", KEY);
        assertThat(first.status()).isEqualTo(201);
        assertThat(replayed(first)).isFalse();

        Answer second = client.post(DOCUMENTS, JSON, "{}", KEY);

        assertThat(answered(second)).isEqualTo(answered(first));
        assertThat(replayed(second)).isTrue();
        assertThat(store.count("things")).isEqualTo(1);
        assertThat(client.post(DOCUMENTS, JSON, "{}", "Idempotency-Key: k-2").status())
                .isEqualTo(201);
        assertThat(store.count("things")).isEqualTo(2);
    }

    @Test
    void createsOnceAlsoWhereTheDocumentIsGone() throws IOException {
        Answer first = client.post(DOCUMENTS, JSON, "{}", KEY);
        delete(String.valueOf(first.header("Location")));

        assertThat(answered(client.post(DOCUMENTS, JSON, "{}", KEY))).isEqualTo(answered(first));
        assertThat(store.count("things")).isZero();
    }

    @Test
    void putsOnceWhateverCameBetween() throws IOException {
        Answer first = client.put(DOCUMENT, "1", KEY);
        assertThat(first.status()).isEqualTo(201);
        client.put(DOCUMENT, "2");

        Answer second = client.put(DOCUMENT, "1", KEY);

        assertThat(answered(second)).isEqualTo(answered(first));
        assertThat(replayed(second)).isTrue();
        assertThat(store.text("things", "a")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: *", "If-None-Match: \"1\", \"2\""})
    void itsOwnEffectIsNoReasonToRefuse(String condition) throws IOException {
        Answer first = client.put(DOCUMENT, "1", KEY, condition);
        assertThat(first.status()).isEqualTo(201);

        assertThat(answered(client.put(DOCUMENT, "1", KEY, condition))).isEqualTo(answered(first));
    }

    @Test
    void deletesOnce() throws IOException {
        client.put(DOCUMENT, "1");
        assertThat(delete(DOCUMENT, KEY).status()).isEqualTo(204);
        client.put(DOCUMENT, "2");

        Answer second = delete(DOCUMENT, KEY);

        assertThat(second.status()).isEqualTo(204);
        assertThat(replayed(second)).isTrue();
        assertThat(store.text("things", "a")).isEqualTo("2");
    }

    @Test
    void deletesACollectionOnce() throws IOException {
        String collection = "/api/v1/collections/things";
        client.put(DOCUMENT, "1");
        assertThat(delete(collection, KEY).status()).isEqualTo(204);
        client.put(DOCUMENT, "2");

        Answer second = delete(collection, KEY);

        assertThat(second.status()).isEqualTo(204);
        assertThat(replayed(second)).isTrue();
        assertThat(store.text("things", "a")).isEqualTo("2");
        assertThat(delete("/api/v1/collections/others", KEY).status()).isEqualTo(422);
    }

    @Test
    void patchesOnceAndAnswersWhatItMadeThen() throws IOException {
        client.put(DOCUMENT, "{\"a\":1}");
        Answer first = client.patch(DOCUMENT, "{\"b\":2}", KEY);
        assertThat(first.text()).isEqualTo("{\"a\":1,\"b\":2}");
        client.patch(DOCUMENT, "{\"b\":3}");

        Answer second = client.patch(DOCUMENT, "{\"b\":2}", KEY);

        assertThat(answered(second)).isEqualTo(answered(first));
        assertThat(replayed(second)).isTrue();
        assertThat(store.text("things", "a")).isEqualTo("{\"a\":1,\"b\":3}");
        delete(DOCUMENT);
        assertThat(answered(client.patch(DOCUMENT, "{\"b\":2}", KEY))).isEqualTo(answered(first));
    }

    @Test
    void answersALargePatchedDocumentAsLongAsItIsUnchanged() throws IOException {
        client.put(DOCUMENT, "{\"a\":\"" + "x".repeat(5_000) + "\"}");
        Answer first = client.patch(DOCUMENT, "{\"b\":2}", KEY);
        assertThat(answered(client.patch(DOCUMENT, "{\"b\":2}", KEY))).isEqualTo(answered(first));
        client.patch(DOCUMENT, "{\"b\":3}");

        Answer later = client.patch(DOCUMENT, "{\"b\":2}", KEY);

        assertThat(later.status()).isEqualTo(204);
        assertThat(later.etag()).isEqualTo(first.etag());
        assertThat(replayed(later)).isTrue();
        assertThat(store.text("things", "a")).contains("\"b\":3");
    }

    @Test
    void refusesTheKeyOfAnotherRequest() throws IOException {
        assertThat(client.put(DOCUMENT, "{\"n\":1}", KEY).status()).isEqualTo(201);

        List<Answer> others = List.of(
                client.put(DOCUMENT, "{\"n\":2}", KEY),
                client.put(DOCUMENT + "?ttl=9", "{\"n\":1}", KEY),
                client.put(DOCUMENTS + "/b", "{\"n\":1}", KEY),
                client.put(DOCUMENT, "{\"n\":1}", KEY, "If-Match: *"),
                client.patch(DOCUMENT, "{\"n\":1}", KEY),
                client.post(DOCUMENTS, JSON, "{\"n\":1}", KEY),
                delete(DOCUMENT, KEY));

        assertThat(others).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.problem()).isEqualTo("idempotency-key-reused");
        });
        assertThat(store.count("things")).isEqualTo(1);
        store.loseClaims();
        assertThat(client.put(DOCUMENT, "{\"n\":2}", KEY).status()).isEqualTo(422);
        assertThat(store.text("things", "a")).isEqualTo("{\"n\":1}");
    }

    @Test
    void keysOfDifferentCallersAreDifferent() throws IOException {
        Answer mine = client.post(DOCUMENTS, JSON, "1", KEY, "Holdfast-Caller: me");
        Answer yours = client.post(DOCUMENTS, JSON, "2", KEY, "Holdfast-Caller: you");

        assertThat(yours.status()).isEqualTo(201);
        assertThat(yours.header("Location")).isNotEqualTo(mine.header("Location"));
    }

    @Test
    void whatTheGatewayRepeatsIsAnsweredAsTheFirstTime() throws IOException {
        String create = OperationId.HEADER + ": " + ids.next();
        assertThat(answered(client.post(DOCUMENTS, JSON, "{}", create)))
                .isEqualTo(answered(client.post(DOCUMENTS, JSON, "{}", create)));
        assertThat(store.count("things")).isEqualTo(1);

        String put = OperationId.HEADER + ": " + ids.next();
        Answer first = client.put(DOCUMENT, "{}", put);
        assertThat(first.status()).isEqualTo(201);
        assertThat(answered(client.put(DOCUMENT, "{}", put))).isEqualTo(answered(first));

        String conditional = OperationId.HEADER + ": " + ids.next();
        Answer replaced = client.put(DOCUMENT, "{}", conditional, "If-Match: " + first.etag());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(answered(client.put(DOCUMENT, "{}", conditional, "If-Match: " + first.etag())))
                .isEqualTo(answered(replaced));

        String patch = OperationId.HEADER + ": " + ids.next();
        Answer patched = client.patch(DOCUMENT, "{\"a\":1}", patch, "If-Match: " + replaced.etag());
        assertThat(answered(client.patch(DOCUMENT, "{\"a\":1}", patch, "If-Match: " + replaced.etag())))
                .isEqualTo(answered(patched));

        String delete = OperationId.HEADER + ": " + ids.next();
        assertThat(delete(DOCUMENT, delete).status()).isEqualTo(204);
        Answer again = delete(DOCUMENT, delete);
        assertThat(again.status()).isEqualTo(204);
        assertThat(replayed(again)).isFalse();
    }

    @Test
    void importedLinesKnowThemselvesAgain() throws IOException {
        String lines = "{\"id\":\"a\"}\n{\"id\":\"b\"}\n";
        client.post(DOCUMENTS + ":bulk", "application/x-ndjson", lines, KEY);
        String etag = client.get(DOCUMENT).etag();

        Answer again = client.post(DOCUMENTS + ":bulk", "application/x-ndjson", lines, KEY);
        assertThat(again.json().path("written").asInt()).isEqualTo(2);
        assertThat(client.get(DOCUMENT).etag()).isEqualTo(etag);

        client.post(DOCUMENTS + ":bulk", "application/x-ndjson", "{\"id\":\"a\",\"n\":2}\n", KEY);
        assertThat(client.get(DOCUMENT).etag()).isNotEqualTo(etag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key: \"", "Idempotency-Key:", "Idempotency-Key: a\r\nIdempotency-Key: b"})
    void refusesAMalformedKey(String header) throws IOException {
        for (Answer answer : List.of(
                client.put(DOCUMENT, "1", header),
                client.post(DOCUMENTS, JSON, "1", header),
                client.patch(DOCUMENT, "{}", header),
                delete(DOCUMENT, header),
                client.post(DOCUMENTS + ":bulk", "application/x-ndjson", "", header))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-idempotency-key");
        }
        assertThat(store.count("things")).isZero();
    }

    @Test
    void isOfNoMeaningForReads() throws IOException {
        client.put(DOCUMENT, "1", KEY);
        assertThat(client.get(DOCUMENT, KEY).text()).isEqualTo("1");
        assertThat(client.get(DOCUMENT, "Idempotency-Key: \"").text()).isEqualTo("1");
    }
}
