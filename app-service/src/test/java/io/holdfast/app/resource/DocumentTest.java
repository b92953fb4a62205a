package io.holdfast.app.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents one by one: what is written, read and deleted.
class DocumentTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";

    @Test
    void createsThenReplaces() throws IOException {
        Answer created = client.put(DOCUMENT, "{\"n\":1}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text())
                .isEqualTo("{\"id\":\"a\",\"etag\":\"%s\"}"
                        .formatted(created.etag().replace("\"", "\\\"")));
        Answer replaced = client.put(DOCUMENT, "{\"n\":2}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.etag()).matches("\"[0-9]+\"").isNotEqualTo(created.etag());
        assertThat(replaced.json().path("etag").asString()).isEqualTo(replaced.etag());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " { \"a\" : 1e400 ,\r\n \"b\":0.10, \"c\":12345678901234567890123, \"\\u0061\\/\":\"\\ud800\" }\n",
                "null",
                "5",
                "\"é😀\"",
                "[]",
                "false"
            })
    void givesBackExactlyWhatWasSent(String json) throws IOException {
        client.put(DOCUMENT, json);
        Answer answer = client.get(DOCUMENT);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(json);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-Request-Id")).isNotBlank();
    }

    @Test
    void headGivesTheSameHeadersWithoutTheDocument() throws IOException {
        client.put(DOCUMENT + "?ttl=600", "{\"n\":1}");
        Answer get = client.get(DOCUMENT);
        Answer head = client.send("HEAD", DOCUMENT, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String header : new String[] {"ETag", "Content-Length", "Content-Type", "Holdfast-Expires-At"}) {
            assertThat(head.header(header)).as(header).isNotNull().isEqualTo(get.header(header));
        }
        assertThat(client.send("HEAD", DOCUMENTS + "/none", null).status()).isEqualTo(404);
    }

    @Test
    void saysWhatDoesNotExist() throws IOException {
        Answer answer = client.get(DOCUMENT);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("document-not-found");
        assertThat(answer.detail()).contains("things").contains("'a'");
    }

    @Test
    void deletes() throws IOException {
        String etag = client.put(DOCUMENT, "1").etag();
        assertThat(client.send("DELETE", DOCUMENT, null, "If-Match: \"0\"").status())
                .isEqualTo(412);
        assertThat(client.send("DELETE", DOCUMENT, null, "If-None-Match: *").status())
                .isEqualTo(412);
        assertThat(client.send("DELETE", DOCUMENT, null, "If-Match: \"x\", \"y\"")
                        .etag())
                .isEqualTo(etag);
        Answer deleted = client.send("DELETE", DOCUMENT, null, "If-Match: \"x\", " + etag);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2,2000",
        "PT0.5S,500",
        "PT1M30S,90000",
        "P1D,86400000",
        "315360000,315360000000",
        "pt2s,2000",
        "0002,2000"
    })
    void keepsDocumentsForTheirTime(String ttl, long millis) throws IOException {
        long before = System.currentTimeMillis();
        assertThat(client.put(DOCUMENT + "?ttl=" + ttl, "1").status()).isEqualTo(201);
        StoredRecord stored = Objects.requireNonNull(store.stored("things", "a"));
        assertThat(stored.expiresAtMillis()).isBetween(before + millis, System.currentTimeMillis() + millis);
        if (millis > 60_000) {
            assertThat(client.get(DOCUMENT).header("Holdfast-Expires-At"))
                    .isEqualTo(Instant.ofEpochMilli(stored.expiresAtMillis()).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "",
                "x",
                "1.5",
                "PT0S",
                "-PT1S",
                "PT-5S",
                "P1Y",
                "315360001",
                "99999999999999999999",
                "PT0.0001S",
                "1s",
                "P99999999999999D"
            })
    void refusesTimesOutOfRange(String ttl) throws IOException {
        Answer answer = client.put(DOCUMENT + "?ttl=" + ttl, "1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-parameter");
        assertThat(answer.detail()).contains("ttl").contains("315360000 seconds");
        assertThat(client.post(DOCUMENTS + "?ttl=" + ttl, "application/json", "1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void createsWithAnIdOfItsOwn() throws IOException {
        Answer first = client.post(DOCUMENTS, "application/json; charset=utf-8", "{\"n\":1}");
        assertThat(first.status()).isEqualTo(201);
        String id = first.json().path("id").asString();
        assertThat(first.header("Location")).isEqualTo(DOCUMENTS + "/" + id);
        assertThat(first.etag()).isEqualTo(client.get(DOCUMENTS + "/" + id).etag());
        String second = client.post(DOCUMENTS, "application/json", "2")
                .json()
                .path("id")
                .asString();
        assertThat(second).isGreaterThan(id);
        assertThat(store.executed())
                .anyMatch(operation -> operation instanceof Operation.Put put
                        && put.precondition().equals(Precondition.ABSENT));
    }

    @Test
    void takesAnotherIdShouldOneExist() throws IOException {
        AtomicInteger puts = new AtomicInteger();
        store.intercept(operation ->
                operation instanceof Operation.Put && puts.getAndIncrement() == 0 ? new Outcome.Conflict(1) : null);
        assertThat(client.post(DOCUMENTS, "application/json", "1").status()).isEqualTo(201);
    }

    @Test
    void passesOnWhatTheStorageReports() throws IOException {
        store.intercept(_ -> new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "A primary is being elected."));
        Answer answer = client.get(DOCUMENT);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("storage-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void namesNothingInternalWhereItFails() throws IOException {
        store.intercept(_ -> {
            throw new IllegalStateException("secret");
        });
        Answer answer = client.get(DOCUMENT);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("internal-error");
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
    }
}
