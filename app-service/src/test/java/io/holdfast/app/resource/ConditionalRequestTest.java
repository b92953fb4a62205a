package io.holdfast.app.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Precondition;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions on the version of a document (RFC 9110, 13).
class ConditionalRequestTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";

    @Test
    void notModifiedWhereTheReaderHasIt() throws IOException {
        String etag = client.put(DOCUMENT, "{}").etag();
        for (String known : new String[] {etag, "W/" + etag, "*", "\"x\", " + etag}) {
            Answer answer = client.get(DOCUMENT, "If-None-Match: " + known);
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.etag()).isEqualTo(etag);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(client.get(DOCUMENT, "If-None-Match: \"x\"").status()).isEqualTo(200);
        assertThat(client.get(DOCUMENT, "If-Match: \"x\"").problem()).isEqualTo("precondition-failed");
        assertThat(client.get(DOCUMENT, "If-Match: " + etag).status()).isEqualTo(200);
    }

    @Test
    void createsOnlyWhatDoesNotExist() throws IOException {
        assertThat(client.put(DOCUMENT, "1", "If-None-Match: *").status()).isEqualTo(201);
        Answer again = client.put(DOCUMENT, "2", "If-None-Match: *");
        assertThat(again.status()).isEqualTo(412);
        assertThat(again.problem()).isEqualTo("precondition-failed");
        assertThat(again.etag()).isEqualTo(client.get(DOCUMENT).etag());
        assertThat(again.json().path("etag").asString()).isEqualTo(again.etag());
        assertThat(store.text("things", "a")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "If-Match: E | 200",
                "If-Match: \"7777\" | 412",
                "If-Match: W/E | 412",
                "If-Match: \"x\", E | 200",
                "If-Match: \"x\", \"y\" | 412",
                "If-Match: ,, E , | 200",
                "If-Match: * | 200",
                "If-None-Match: \"x\" | 200",
                "If-None-Match: E | 412",
                "If-None-Match: W/E | 412",
                "If-None-Match: \"x\",W/E | 412",
                "If-Match: \"+1\" | 412",
                "If-Match: \"99999999999999999999\" | 412",
                "If-Match: x | 400",
                "If-Match: \"a | 400",
                "If-Match: \"a\" \"b\" | 400",
                "If-Match: *, \"a\" | 400",
                "If-Match: | 400",
                "If-None-Match: 'a' | 400",
                "If-Match: w/\"1\" | 400",
            })
    void writesOnlyWhereConditionsHold(String condition, int status) throws IOException {
        String etag = client.put(DOCUMENT, "1").etag();
        Answer put = client.put(DOCUMENT, "2", condition.replace("E", etag));
        assertThat(put.status()).as(put.toString()).isEqualTo(status);
        assertThat(store.text("things", "a")).isEqualTo(status == 200 ? "2" : "1");
        if (status == 400) {
            assertThat(put.problem()).isEqualTo("malformed-request");
        }
    }

    @Test
    void ifMatchComesBeforeIfNoneMatch() throws IOException {
        String etag = client.put(DOCUMENT, "1").etag();
        assertThat(client.put(DOCUMENT, "2", "If-Match: " + etag, "If-None-Match: " + etag)
                        .status())
                .isEqualTo(412);
        assertThat(client.put(DOCUMENT, "2", "If-Match: " + etag, "If-None-Match: \"x\"")
                        .status())
                .isEqualTo(200);
        assertThat(client.get(DOCUMENT, "If-Match: \"x\"", "If-None-Match: *").status())
                .isEqualTo(412);
    }

    @Test
    void conditionsOnWhatDoesNotExist() throws IOException {
        assertThat(client.put(DOCUMENT, "1", "If-Match: *").status()).isEqualTo(412);
        assertThat(client.put(DOCUMENT, "1", "If-Match: \"1\"").status()).isEqualTo(412);
        assertThat(client.put(DOCUMENT, "1", "If-Match: \"1\", \"2\"").status()).isEqualTo(412);
        assertThat(client.put(DOCUMENT, "1", "If-None-Match: \"1\", \"2\"").status())
                .isEqualTo(201);
    }

    @Test
    void readsAgainWhereAnotherWriteCameBetween() throws IOException {
        client.put(DOCUMENT, "1");
        AtomicInteger others = new AtomicInteger();
        store.intercept(operation -> {
            if (operation instanceof Operation.Put put && others.incrementAndGet() <= 3) {
                store.apply(new Operation.Put(put.namespace(), put.key(), put.content(), Precondition.NONE));
            }
            return null;
        });
        assertThat(client.put(DOCUMENT, "2", "If-None-Match: \"x\"").status()).isEqualTo(200);
        assertThat(others).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y", "If-Match: *", "If-Match: \"1\"", "If-Match: \"1\",\"2\"", "If-None-Match: *"})
    void deletingWhatDoesNotExistIsNotFoundWhateverTheCondition(String condition) throws IOException {
        assertThat(client.send("DELETE", DOCUMENT, null, condition).problem()).isEqualTo("document-not-found");
    }
}
