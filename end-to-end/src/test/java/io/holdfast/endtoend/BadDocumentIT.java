package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.assertProblem;
import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.json;
import static io.holdfast.endtoend.Api.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents that are none get a clear answer through the gateway, alone and among many.
class BadDocumentIT {
    private static final String COLLECTION = "bad-documents";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MEBIBYTE = 1024 * 1024;

    private final Api api = Platform.shared().api();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{'a':1}",
                "NaN",
                "{\"a\":1} x",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"deep\":{\"a\":1,\"\\u0061\":2}}",
                "\uFEFF{}"
            })
    void malformedDocumentIsRefused(String document) {
        assertProblem(api.put(COLLECTION, "malformed", document), 400, "malformed-document");
        assertThat(api.get(document(COLLECTION, "malformed")).statusCode()).isEqualTo(404);
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        for (byte[] body : List.of(latin1, utf16, surrogate)) {
            HttpResponse<byte[]> answer =
                    api.send("PUT", document(COLLECTION, "latin"), body, "Content-Type", "application/json");
            assertProblem(answer, 400, "malformed-document");
        }
    }

    @Test
    void depthBombIsRefused() {
        assertProblem(api.put(COLLECTION, "deep", "[".repeat(100_000)), 400, "malformed-document");
        String closed = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        assertProblem(api.put(COLLECTION, "deep", closed), 400, "malformed-document");
    }

    @Test
    void numbersOfAnySizeAreKept() {
        String document = "{\"n\":" + "9".repeat(100_000) + ",\"m\":1e" + "9".repeat(50) + "}";
        assertThat(api.put(COLLECTION, "numbers", document).statusCode()).isIn(200, 201);
        assertThat(text(api.get(document(COLLECTION, "numbers")))).isEqualTo(document);
    }

    @Test
    void documentOfOneMebibyteIsTheLargest() {
        String largest = "\"" + "x".repeat(MEBIBYTE - 2) + "\"";
        assertThat(api.put(COLLECTION, "large", largest).statusCode()).isIn(200, 201);
        assertThat(api.get(document(COLLECTION, "large")).body()).hasSize(MEBIBYTE);
        assertProblem(api.put(COLLECTION, "large", largest + " "), 413, "body-too-large");
        assertProblem(api.put(COLLECTION, "large", largest.repeat(9)), 413, "body-too-large");
    }

    @Test
    void chunkedDocumentThatIsTooLargeIsRefused() {
        HttpRequest request = HttpRequest.newBuilder(api.base().resolve(document(COLLECTION, "chunked")))
                .header("Authorization", "Bearer " + api.key())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArrays(IntStream.range(0, 40)
                        .mapToObj(_ -> new byte[64 * 1024])
                        .toList()))
                .build();
        assertProblem(api.send(request), 413, "body-too-large");
    }

    @Test
    void badLinesOfABulkFailAlone() {
        String large = "{\"id\":\"big\",\"x\":\"" + "x".repeat(MEBIBYTE) + "\"}";
        String lines = String.join(
                "\n",
                "{\"id\":\"ok1\"}",
                "{\"id\":7}",
                "{\"id\":\"\"}",
                "{\"id\":\"a\\u0000\"}",
                "[1]",
                "{\"id\":\"dup\",\"id\":\"dup\"}",
                large,
                "{\"id\":\"ok2\"}");
        HttpResponse<byte[]> answer = api.post(documents("bad-bulk") + ":bulk", NDJSON, lines);

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(json(answer).get("written").asInt()).isEqualTo(2);
        assertThat(json(answer)
                        .get("failed")
                        .valueStream()
                        .map(failed -> failed.get("line").asInt()))
                .containsExactly(2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"ids\":1}", "{\"ids\":[1]}", "{\"ids\":[\"..\"]}", "not json"})
    void listOfIdsThatIsNoneIsRefused(String body) {
        HttpResponse<byte[]> answer = api.post(documents(COLLECTION) + ":get", "application/json", body);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void moreIdsThanOneAnswerTakesAreRefused() {
        List<String> ids =
                IntStream.range(0, 1001).mapToObj(i -> "\"" + i + "\"").toList();
        HttpResponse<byte[]> answer =
                api.post(documents(COLLECTION) + ":get", "application/json", "{\"ids\":" + ids + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("1,000");
    }
}
