package io.holdfast.app.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExportTest extends AppServiceTest {
    private static final String NDJSON = "Accept: application/x-ndjson";

    @Test
    void writesEachDocumentOnALine() throws IOException {
        client.put(DOCUMENTS + "/a", "{\n  \"x\": 1e400,\r\n  \"y\": \"a  b\\n\"\n}\n");
        client.put(DOCUMENTS + "/b", "2");
        Answer answer = client.get(DOCUMENTS, NDJSON);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answer.text().lines())
                .containsExactly(line("a", "{\"x\": 1e400,\"y\": \"a  b\\n\"}"), line("b", "2"));
        assertThat(answer.text()).endsWith("}\n");
    }

    private String line(String id, String document) throws IOException {
        String etag = client.get(DOCUMENTS + "/" + id).etag().replace("\"", "\\\"");
        return "{\"id\":\"%s\",\"etag\":\"%s\",\"document\":%s}".formatted(id, etag, document);
    }

    @Test
    void writesAWholeCollectionOrWhatIsAskedOfIt() throws IOException {
        fill(5_000, 20);
        Answer all = client.get(DOCUMENTS, NDJSON);
        assertThat(all.complete()).isTrue();
        assertThat(all.text().lines()).hasSize(5_000).isSorted();
        assertThat(client.get(DOCUMENTS + "?prefix=id01", NDJSON).text().lines())
                .hasSize(1_000);
        assertThat(client.get(DOCUMENTS + "?limit=7", NDJSON).text().lines()).hasSize(7);
        String cursor =
                client.get(DOCUMENTS + "?limit=1000").json().path("next").asString();
        assertThat(client.get(DOCUMENTS + "?cursor=" + cursor, NDJSON).text().lines())
                .hasSize(4_000);
        assertThat(client.send("HEAD", DOCUMENTS, null, NDJSON).status()).isEqualTo(200);
    }

    @Test
    void goesOnWhereTheStorageFailedForAMoment() throws IOException {
        fill(2_000, 20);
        AtomicInteger scans = new AtomicInteger();
        store.intercept(operation -> operation instanceof Operation.Scan && scans.incrementAndGet() % 2 == 0
                ? new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "A primary is being elected.")
                : null);
        Answer answer = client.get(DOCUMENTS, NDJSON);
        assertThat(answer.complete()).isTrue();
        assertThat(answer.text().lines()).hasSize(2_000);
    }

    @Test
    void isCutOffWhereItCannotBeCompleted() throws IOException {
        fill(2_000, 100);
        AtomicInteger scans = new AtomicInteger();
        store.intercept(operation -> operation instanceof Operation.Scan && scans.incrementAndGet() > 2
                ? new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "Gone.")
                : null);
        Answer answer = client.get(DOCUMENTS, NDJSON);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.complete()).isFalse();
        assertThat(answer.text().lines().count()).isBetween(900L, 1_001L);
    }

    @Test
    void readsNoFurtherAheadThanAPageOfWhatIsTaken() throws IOException {
        fill(3_000, 10_000);
        try (Socket socket = client.connect()) {
            String request = client.head("GET", DOCUMENTS) + NDJSON + "\r\n\r\n";
            socket.setReceiveBufferSize(16 * 1024);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> scanned() >= 2);
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> scanned() < 12);
        }
        await().untilAsserted(() ->
                assertThat(client.get(DOCUMENTS + "?limit=1").status()).isEqualTo(200));
    }

    private long scanned() {
        return store.executed().stream()
                .filter(operation -> operation instanceof Operation.Scan)
                .count();
    }

    private void fill(int documents, int size) {
        Namespace things = new Namespace("documents", "things");
        for (int i = 0; i < documents; i++) {
            byte[] json = ("\"" + "x".repeat(size) + "\"").getBytes(StandardCharsets.US_ASCII);
            store.apply(new Operation.Put(
                    things, "id%05d".formatted(i), new Content(json, "application/json"), Precondition.NONE));
        }
    }
}
