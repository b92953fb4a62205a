package io.holdfast.app.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatchTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";

    @Test
    void answersTheMergedDocument() throws IOException {
        client.put(DOCUMENT, "{\"a\": 0.10,\"b\":1}");
        Answer answer = client.patch(DOCUMENT, "{\"b\":null,\"c\":{\"d\":1e400}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"a\": 0.10,\"c\":{\"d\":1e400}}").isEqualTo(store.text("things", "a"));
        assertThat(answer.etag()).isEqualTo(client.get(DOCUMENT).etag());
    }

    @Test
    void needsADocument() throws IOException {
        assertThat(client.patch(DOCUMENT, "{}").problem()).isEqualTo("document-not-found");
        assertThat(client.patch(DOCUMENT, "{}", "If-Match: *").problem()).isEqualTo("document-not-found");
    }

    @Test
    void losesNoPatchThatRunsBesideOthers() throws Exception {
        client.put(DOCUMENT, "{}");
        List<Future<Integer>> patches = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                String patch = "{\"m" + i + "\":" + i + "}";
                patches.add(executor.submit(() -> client.patch(DOCUMENT, patch).status()));
            }
        }
        for (Future<Integer> patch : patches) {
            assertThat(patch.get()).isEqualTo(200);
        }
        assertThat(client.get(DOCUMENT).json().size()).isEqualTo(64);
    }

    @Test
    void beginsAnewWhereAnotherReplicaCameBetween() throws IOException {
        client.put(DOCUMENT, "{\"n\":0}");
        AtomicInteger others = interfere(3);
        assertThat(client.patch(DOCUMENT, "{\"p\":1}").text()).isEqualTo("{\"other\":3,\"p\":1}");
        assertThat(others).hasValue(4);
    }

    @Test
    void ifMatchIsNotBegunAnew() throws IOException {
        String etag = client.put(DOCUMENT, "{\"n\":0}").etag();
        interfere(1);
        assertThat(client.patch(DOCUMENT, "{\"p\":1}", "If-Match: " + etag).status())
                .isEqualTo(412);
        assertThat(store.text("things", "a")).isEqualTo("{\"other\":1}");
        assertThat(client.patch(
                                DOCUMENT,
                                "{\"p\":1}",
                                "If-Match: " + client.get(DOCUMENT).etag())
                        .status())
                .isEqualTo(200);
    }

    private AtomicInteger interfere(int times) {
        AtomicInteger others = new AtomicInteger();
        store.intercept(operation -> {
            if (operation instanceof Operation.Put put && others.incrementAndGet() <= times) {
                byte[] other = "{\"other\":%d}".formatted(others.get()).getBytes(StandardCharsets.UTF_8);
                store.apply(new Operation.Put(
                        new Namespace("documents", "things"),
                        put.key(),
                        new Content(other, "application/json"),
                        Precondition.NONE));
            }
            return null;
        });
        return others;
    }

    @Test
    void keepsTheExpiryUnlessItIsGivenOne() throws IOException {
        client.put(DOCUMENT + "?ttl=600", "{}");
        long expiry = expiry();
        client.patch(DOCUMENT, "{\"a\":1}");
        assertThat(expiry()).isBetween(expiry - 1, expiry + 50);
        client.patch(DOCUMENT + "?ttl=PT1H", "{\"a\":1}");
        assertThat(expiry()).isGreaterThan(expiry + 2_900_000);
        client.put(DOCUMENT, "{}");
        client.patch(DOCUMENT, "{\"a\":1}");
        assertThat(expiry()).isEqualTo(StoredRecord.NEVER);
    }

    private long expiry() {
        return Objects.requireNonNull(store.stored("things", "a")).expiresAtMillis();
    }

    @Test
    void refusesWhatIsNoPatchOrMakesNoDocument() throws IOException {
        client.put(DOCUMENT, "{\"a\":\"" + "x".repeat(600_000) + "\"}");
        assertThat(client.patch(DOCUMENT, "").problem()).isEqualTo("malformed-document");
        assertThat(client.patch(DOCUMENT, "{\"a\":1,\"a\":2}").detail()).contains("twice");
        Answer tooLarge = client.patch(DOCUMENT, "{\"b\":\"" + "x".repeat(600_000) + "\"}");
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.detail()).contains("1,048,576");
        Answer asJson =
                client.send("PATCH", DOCUMENT, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type: application/json");
        assertThat(asJson.status()).isEqualTo(415);
        assertThat(asJson.header("Accept-Patch")).isEqualTo("application/merge-patch+json");
    }
}
