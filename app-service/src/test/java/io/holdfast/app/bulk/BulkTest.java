package io.holdfast.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.app.testing.RawClient;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BulkTest extends AppServiceTest {
    @Test
    void storesEachLineAsItIs() throws IOException {
        Answer answer = bulk(
                "{\"id\":\"a\", \"n\":1e400}\r\n\n  \t\n{ \"x\":{\"id\":5},\"\\u0069d\":\"b\\/c\" }  \n{\"id\":\"d\"}");
        assertThat(answer.text()).isEqualTo("{\"written\":3,\"failedCount\":0,\"failed\":[]}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(store.text("things", "a")).isEqualTo("{\"id\":\"a\", \"n\":1e400}");
        assertThat(store.text("things", "b/c")).isEqualTo("{ \"x\":{\"id\":5},\"\\u0069d\":\"b\\/c\" }  ");
        assertThat(store.text("things", "d")).isEqualTo("{\"id\":\"d\"}");
        assertThat(bulk("").text()).isEqualTo("{\"written\":0,\"failedCount\":0,\"failed\":[]}");
    }

    @Test
    void aBadLineFailsAlone() throws IOException {
        Answer answer = bulk(String.join(
                "\n",
                "{\"id\":\"a\"}",
                "",
                "nonsense",
                "[1]",
                "{\"id\":7}",
                "{\"x\":1}",
                "{\"id\":\"..\"}",
                "{\"id\":\"\"}",
                "{\"id\":\"" + "x".repeat(513) + "\"}",
                "{\"id\":\"c\",\"id\":\"d\"}",
                "{\"id\":\"e\",\"x\":\"" + "x".repeat(1_048_576) + "\"}",
                "{\"id\":\"f\\u0000\"}",
                "{\"id\":\"z\"}"));
        JsonNode json = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(json.path("written").asInt()).isEqualTo(2);
        assertThat(json.path("failedCount").asInt()).isEqualTo(10);
        assertThat(failed(json))
                .containsExactly(
                        "3 malformed-document",
                        "4 malformed-document",
                        "5 malformed-document",
                        "6 malformed-document",
                        "7 invalid-id",
                        "8 invalid-id",
                        "9 invalid-id",
                        "10 malformed-document",
                        "11 body-too-large",
                        "12 invalid-id");
        assertThat(json.path("failed").get(0).path("detail").asString()).contains("column 1");
        assertThat(json.path("failed").get(0).path("id").isNull()).isTrue();
        assertThat(json.path("failed").get(8).path("detail").asString()).contains("1,048,576");
        assertThat(store.count("things")).isEqualTo(2);
    }

    private static Iterable<String> failed(JsonNode json) {
        return json.path("failed")
                .valueStream()
                .map(failure -> failure.path("line").asInt() + " "
                        + failure.path("type").asString().replace("urn:holdfast:problem:", ""))
                .toList();
    }

    @Test
    void theLastLineWithAnIdCounts() throws IOException {
        String lines = IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"id\":\"" + i % 700 + "\",\"n\":" + i + "}")
                .collect(Collectors.joining("\n"));
        Answer answer = bulk(lines);
        assertThat(answer.json().path("written").asInt()).isEqualTo(20_000);
        assertThat(store.count("things")).isEqualTo(700);
        for (int id = 0; id < 700; id++) {
            int last = id + 700 * ((19_999 - id) / 700);
            assertThat(store.text("things", "" + id)).isEqualTo("{\"id\":\"" + id + "\",\"n\":" + last + "}");
        }
    }

    @Test
    void repeatsWhatFailedForAMoment() throws IOException {
        AtomicInteger puts = new AtomicInteger();
        store.intercept(operation -> operation instanceof Operation.Put && puts.incrementAndGet() % 3 == 0
                ? new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "A primary is being elected.")
                : null);
        assertThat(bulk(lines(2_000)).json().path("written").asInt()).isEqualTo(2_000);
        assertThat(store.count("things")).isEqualTo(2_000);
    }

    @Test
    void namesTheLinesThatCouldNotBeWritten() throws IOException {
        store.intercept(
                operation -> operation instanceof Operation.Put put && put.key().equals("5")
                        ? new Outcome.Failed(ProblemType.STORAGE_FULL, "Full.")
                        : null);
        JsonNode json = bulk(lines(10)).json();
        assertThat(json.path("written").asInt()).isEqualTo(9);
        assertThat(json.path("failed").toString())
                .isEqualTo(
                        "[{\"line\":6,\"id\":\"5\",\"type\":\"urn:holdfast:problem:storage-full\",\"detail\":\"Full.\"}]");
    }

    @Test
    void endsInBoundedTimeWhereTheStorageIsGone() throws IOException {
        store.intercept(_ -> {
            throw new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "Gone.");
        });
        JsonNode json = bulk(lines(10_000)).json();
        assertThat(json.path("written").asInt()).isZero();
        assertThat(json.path("failedCount").asInt()).isEqualTo(10_000);
        assertThat(json.path("failed").size()).isEqualTo(1_000);
        assertThat(json.path("failed").get(0).path("type").asString()).endsWith("storage-unavailable");
    }

    @Test
    void givesAllLinesTheirTime() throws IOException {
        post("?ttl=600", "{\"id\":\"a\"}");
        assertThat(Objects.requireNonNull(store.stored("things", "a")).expiresAtMillis())
                .isGreaterThan(System.currentTimeMillis() + 500_000);
        assertThat(post("?ttl=0", "{\"id\":\"b\"}").problem()).isEqualTo("invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({"application/json,415", "text/plain,415", "application/x-ndjson; charset=utf-8,200"})
    void takesOnlyLines(String type, int status) throws IOException {
        assertThat(client.post(DOCUMENTS + ":bulk", type, "{\"id\":\"a\"}").status())
                .isEqualTo(status);
    }

    @Test
    void aBodyThatBreaksOffIsNoSuccess() throws IOException {
        String head = client.head("POST", DOCUMENTS + ":bulk")
                + "Content-Type: application/x-ndjson\r\nContent-Length: 10000\r\n\r\n";
        try (Socket socket = client.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "{\"id\":\"a\"}\n{\"id\":\"b").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(RawClient.read(socket.getInputStream(), false).problem()).isEqualTo("malformed-request");
        }
        assertThat(store.stored("things", "b")).isNull();
    }

    @Test
    void readsNoFurtherThanItCanWrite() throws IOException {
        AtomicInteger waiting = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        store.intercept(operation -> {
            waiting.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        byte[] body = lines(200_000).getBytes(StandardCharsets.US_ASCII);
        AtomicInteger sent = new AtomicInteger();
        try (Socket socket = client.connect()) {
            socket.setSendBufferSize(16 * 1024);
            String head = client.head("POST", DOCUMENTS + ":bulk")
                    + "Content-Type: application/x-ndjson\r\nContent-Length: " + body.length + "\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int at = 0; at < body.length; at += 1_000) {
                        out.write(body, at, Math.min(1_000, body.length - at));
                        sent.set(at);
                    }
                } catch (IOException e) {
                    sent.set(-1);
                }
            });
            await().until(() -> waiting.get() == 4);
            await().during(Duration.ofMillis(300)).until(() -> waiting.get() == 4 && sent.get() < body.length / 2);
            go.countDown();
            Answer answer = RawClient.read(socket.getInputStream(), false);
            assertThat(answer.json().path("written").asInt()).isEqualTo(200_000);
            writer.interrupt();
        }
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"id\":\"" + i + "\"}").collect(Collectors.joining("\n"));
    }

    private Answer bulk(String lines) throws IOException {
        return post("", lines);
    }

    private Answer post(String query, String lines) throws IOException {
        return client.post(DOCUMENTS + ":bulk" + query, "application/x-ndjson", lines);
    }
}
