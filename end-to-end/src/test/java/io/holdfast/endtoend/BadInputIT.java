package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.assertProblem;
import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.json;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a caller sends gets a clear answer through the gateway.
class BadInputIT {
    private static final String COLLECTION = "bad-input";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MEBIBYTE = 1024 * 1024;

    private final Api api = Platform.shared().api();
    private final int port = Platform.shared().port();

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

    @ParameterizedTest
    @ValueSource(strings = {"UPPER", "-a", ".a", "a b", "ä", "a%2Fb", "{}"})
    void nameThatIsNotAllowedIsRefused(String name) {
        String segment = name.contains("%") ? name : Api.encoded(name);
        assertProblem(api.putTo("/api/v1/collections/" + segment + "/documents/a", "{}"), 400, "invalid-name");
        assertProblem(api.get("/api/v1/collections/" + segment), 400, "invalid-name");
        assertProblem(api.get("/api/v1/collections/" + segment + "/documents"), 400, "invalid-name");
        assertProblem(api.delete("/api/v1/collections/" + segment), 400, "invalid-name");
    }

    @Test
    void nameThatIsTooLongIsRefused() {
        assertThat(api.put("x".repeat(63), "a", "{}").statusCode()).isIn(200, 201);
        assertProblem(api.put("x".repeat(64), "a", "{}"), 400, "invalid-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u007f", "\u0085"})
    void idWithControlCharactersIsRefused(String id) {
        assertProblem(api.put(COLLECTION, id, "{}"), 400, "invalid-id");
    }

    @Test
    void idIsAtMost512BytesLong() {
        assertThat(api.put(COLLECTION, "é".repeat(256), "{}").statusCode()).isIn(200, 201);
        assertProblem(api.put(COLLECTION, "é".repeat(256) + "a", "{}"), 400, "invalid-id");
    }

    @ParameterizedTest
    @CsvSource({
        "., invalid-id",
        ".., invalid-id",
        "%2e, invalid-id",
        "%2E%2e, invalid-id",
        "%FF, malformed-request",
        "%C3%28, malformed-request",
        "%00, malformed-request"
    })
    void pathsThatAreNoIdAreRefused(String segment, String type) throws IOException {
        String answer = raw("PUT", documents(COLLECTION) + "/" + segment, "Content-Length: 2\r\n", "{}");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:holdfast:problem:" + type);
    }

    @Test
    void charactersThatClientsShouldHaveEncodedAreUnderstood() throws IOException {
        String document = "{\"raw\":1}";
        api.put(COLLECTION, "{a}|b^c;d", document);

        assertThat(raw("GET", documents(COLLECTION) + "/{a}|b^c;d", "", ""))
                .startsWith("HTTP/1.1 200")
                .endsWith(document);
    }

    /// Sends a request as it stands and reads the answer to the end of the connection.
    private String raw(String method, String target, String headers, String body) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                            .formatted(method, target, api.key())
                    + "Content-Type: application/json\r\nConnection: close\r\n" + headers + "\r\n" + body);
            return connection.readToEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "%20", "0", "%F0%9F%A6%8A"})
    void cursorThatIsNotOursIsRefused(String cursor) {
        api.put(COLLECTION, "a", "{}");
        assertProblem(api.get(documents(COLLECTION) + "?cursor=" + cursor), 400, "invalid-cursor");
    }

    @Test
    void cursorOfAnotherListingIsRefused() {
        api.put("cursors", "a", "{}");
        api.put("cursors", "b", "{}");
        api.put(COLLECTION, "a", "{}");
        String cursor =
                json(api.get(documents("cursors") + "?limit=1")).get("next").asString();

        assertThat(api.get(documents("cursors") + "?cursor=" + cursor).statusCode())
                .isEqualTo(200);
        assertProblem(api.get(documents(COLLECTION) + "?cursor=" + cursor), 400, "invalid-cursor");
        assertProblem(api.get(documents("cursors") + "?prefix=a&cursor=" + cursor), 400, "invalid-cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000000", "99999999999999999999", "ten", ""})
    void limitOutOfRangeIsRefused(String limit) {
        api.put(COLLECTION, "a", "{}");
        assertProblem(api.get(documents(COLLECTION) + "?limit=" + limit), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-PT1S", "PT0S", "99999999999999999999", "P9999999D", "soon", ""})
    void timeToLiveOutOfRangeIsRefused(String ttl) {
        assertProblem(api.putTo(document(COLLECTION, "ttl") + "?ttl=" + ttl, "{}"), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
    void unknownMediaTypeIsRefused(String contentType) {
        assertProblem(
                api.send("PUT", document(COLLECTION, "a"), utf8("{}"), "Content-Type", contentType),
                415,
                "unsupported-media-type");
        assertProblem(
                api.send("PATCH", document(COLLECTION, "a"), utf8("{}"), "Content-Type", contentType),
                415,
                "unsupported-media-type");
        assertProblem(api.post(documents(COLLECTION) + ":bulk", contentType, "{}"), 415, "unsupported-media-type");
    }

    @Test
    void unacceptableAcceptIsRefused() {
        api.put(COLLECTION, "a", "{}");
        assertProblem(api.get(document(COLLECTION, "a"), "Accept", "text/html"), 406, "not-acceptable");
        assertProblem(api.get(documents(COLLECTION), "Accept", "image/png"), 406, "not-acceptable");
    }

    @Test
    void unknownMethodIsRefusedWithTheAllowedOnes() {
        HttpResponse<byte[]> answer = api.send("POST", document(COLLECTION, "a"), utf8("{}"));
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET", "PUT", "PATCH", "DELETE");
        assertProblem(api.send("PUT", "/api/v1/collections", utf8("{}")), 405, "method-not-allowed");
        assertThat(api.send("BREW", document(COLLECTION, "a"), utf8("")).statusCode())
                .isIn(405, 501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/api/v2/collections", "/api", "/nothing", "/actuator", "/actuator/env"})
    void unknownPathIsNotFound(String path) {
        assertProblem(api.get(path), 404, "not-found");
    }

    @Test
    void callWithoutAValidKeyIsRefused() {
        for (String authorization : List.of("", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer " + "x".repeat(5000))) {
            HttpRequest.Builder request = HttpRequest.newBuilder(api.base().resolve("/api/v1/collections"));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            HttpResponse<byte[]> answer = api.send(request.build());
            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer");
        }
    }

    @Test
    void truncatedBodyEndsAndStoresNothing() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head("PUT", "truncated", "Content-Length: 100\r\n") + "{\"a\":1}");
            connection.endOutput();
            connection.readToEnd();
        }
        assertThat(api.get(document(COLLECTION, "truncated")).statusCode()).isEqualTo(404);
    }

    @Test
    void bodyThatStopsComingIsGivenUp() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head("PUT", "slow", "Content-Length: 100\r\n") + "{\"a\":");

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408").contains("request-timeout");
        }
        assertThat(api.get(document(COLLECTION, "slow")).statusCode()).isEqualTo(404);
    }

    private String head(String method, String id, String headers) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n"
                .formatted(method, document(COLLECTION, id), api.key(), headers);
    }

    @Test
    void hundredThousandHeaderBytesAreRefused() throws IOException {
        List<String> headers = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> headers.add("X-%d: %s\r\n".formatted(i, "x".repeat(990))));
        for (String header : List.of("X-Large: " + "x".repeat(100_000) + "\r\n", String.join("", headers))) {
            try (RawConnection connection = new RawConnection(port)) {
                connection.send(head("GET", "a", header));
                assertThat(connection.readToEnd())
                        .startsWith("HTTP/1.1 431")
                        .contains("urn:holdfast:problem:headers-too-large");
            }
        }
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

    @Test
    void callsAroundTheGatewayAreRefused() {
        for (String name : List.of("app-1", "storage-1")) {
            int inner = Platform.shared().process(name).get("port").asInt();
            HttpResponse<byte[]> answer = new Api(inner, api.key()).get("/api/v1/collections");
            assertProblem(answer, 401, "unauthenticated");
        }
    }

    @Test
    void everyAnswerCarriesARequestId() {
        assertThat(api.get("/api/v1/collections", "X-Request-Id", "my-id.1")
                        .headers()
                        .firstValue("X-Request-Id"))
                .hasValue("my-id.1");
        assertThat(api.get("/nothing").headers().firstValue("X-Request-Id").orElseThrow())
                .isNotBlank();
        assertThat(api.get("/api/v1/collections", "X-Request-Id", "not valid!")
                        .headers()
                        .firstValue("X-Request-Id")
                        .orElseThrow())
                .isNotEqualTo("not valid!");
    }
}
