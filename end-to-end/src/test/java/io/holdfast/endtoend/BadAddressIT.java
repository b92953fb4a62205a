package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.assertProblem;
import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, ids and parameters that are none get a clear answer through the gateway.
class BadAddressIT {
    private static final String COLLECTION = "bad-addresses";

    private final Api api = Platform.shared().api();
    private final int port = Platform.shared().port();

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
    @ValueSource(strings = {"/api/v1/nothing", "/api/v2/collections", "/api", "/nothing", "/actuator", "/actuator/env"})
    void unknownPathIsNotFound(String path) {
        assertProblem(api.get(path), 404, "not-found");
    }
}
