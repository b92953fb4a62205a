package io.holdfast.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.app.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no call of the API.
class ServerTest extends AppServiceTest {
    private static final String COLLECTION = "/api/v1/collections/things";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v2/collections",
                "/api/v1/collections/",
                "/api/v1/collections/a/b",
                COLLECTION + "/documents/",
                COLLECTION + "/documents/a/b",
                COLLECTION + "/documents//",
                "//api/v1/collections",
                "/favicon.ico",
                "/error",
                "/actuator/health",
                COLLECTION + "/documents:nothing",
                "/api/v1/collections/x/../collections"
            })
    void unknownPaths(String path) throws IOException {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
        assertThat(answer.text()).doesNotContain("static resource");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/collections,'GET,HEAD,OPTIONS'",
        "PUT,/api/v1/collections/things,'GET,HEAD,DELETE,OPTIONS'",
        "DELETE,/api/v1/collections/things/documents,'GET,HEAD,POST,OPTIONS'",
        "POST,/api/v1/collections/things/documents/a,'GET,HEAD,PUT,PATCH,DELETE,OPTIONS'",
        "GET,/api/v1/collections/things/documents:bulk,'POST,OPTIONS'",
        "GET,/api/v1/collections/things/documents:get,'POST,OPTIONS'",
        "BREW,/api/v1/collections/things/documents/a,'GET,HEAD,PUT,PATCH,DELETE,OPTIONS'",
        "PROPFIND,/api/v1/collections,'GET,HEAD,OPTIONS'",
    })
    void unknownMethods(String method, String path, String allowed) throws IOException {
        Answer answer = client.send(method, path, null);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(String.valueOf(answer.header("Allow")).split(", ?", -1))
                .isSubsetOf(allowed.split(",", -1))
                .hasSizeGreaterThanOrEqualTo(allowed.split(",", -1).length - 2);
        assertThat(answer.detail()).contains(method);
    }

    @Test
    void traceIsNotAllowed() throws IOException {
        Answer answer = client.send("TRACE", COLLECTION, null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
    }

    @Test
    void optionsNamesTheMethods() throws IOException {
        Answer answer = client.send("OPTIONS", COLLECTION + "/documents/a", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow")).contains("PATCH").contains("DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {COLLECTION + "/documents/a\\b", "/../x", "/%", "/%00", "/a b", "/é"})
    void addressesThatAreNone(String target) throws IOException {
        Answer answer = client.get(target);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
        assertThat(answer.header("X-Request-Id")).isNotBlank();
        assertThat(answer.text()).doesNotContain("Tomcat").doesNotContain("Exception");
    }

    @Test
    void headersThatAreTooLarge() throws IOException {
        Answer answer = client.get(COLLECTION, "X: " + "x".repeat(100_000));
        assertThat(answer.status()).isIn(400, 431);
        assertThat(answer.problem()).isIn("headers-too-large", "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n"
            })
    void whatIsNoHttp(String request) throws IOException {
        Answer answer = client.exchange(request.getBytes(StandardCharsets.ISO_8859_1), false);
        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.problem()).isIn("malformed-request", "unauthenticated");
    }

    @Test
    void callsWithoutTheInternalCredential() throws IOException {
        for (String credential : new String[] {"", "x".repeat(32)}) {
            Answer answer = new RawClient(port, credential).get(COLLECTION);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("unauthenticated");
        }
    }

    @Test
    void probesAreOpen() throws IOException {
        RawClient stranger = new RawClient(port, "none");
        assertThat(stranger.get("/livez").status()).isEqualTo(200);
        assertThat(stranger.get("/readyz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/json;q=0", "text/*", "nonsense", "application/xml, text/html"})
    void unacceptableAccepts(String accept) throws IOException {
        client.put(COLLECTION + "/documents/a", "{}");
        for (String path : new String[] {COLLECTION + "/documents/a", COLLECTION, "/api/v1/collections"}) {
            Answer answer = client.get(path, "Accept: " + accept);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(406);
            assertThat(answer.problem()).isEqualTo("not-acceptable");
            assertThat(answer.detail()).contains("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "text/html, */*;q=0.1",
                "application/json;q=0.5, text/plain",
                "application/json; charset=utf-8"
            })
    void acceptableAccepts(String accept) throws IOException {
        client.put(COLLECTION + "/documents/a", "{}");
        assertThat(client.get(COLLECTION + "/documents/a", "Accept: " + accept).status())
                .isEqualTo(200);
        assertThat(client.get("/api/v1/collections", "Accept: " + accept).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upper",
                "-a",
                "_a",
                "a%20b",
                "a%2Fb",
                "%C3%A9",
                "a;b",
                "a:b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void namesThatAreNone(String name) throws IOException {
        String path = "/api/v1/collections/" + name;
        for (Answer answer : new Answer[] {
            client.get(path),
            client.send("DELETE", path, null),
            client.get(path + "/documents"),
            client.get(path + "/documents/a"),
            client.put(path + "/documents/a", "{}"),
            client.patch(path + "/documents/a", "{}"),
            client.send("DELETE", path + "/documents/a", null),
            client.post(path + "/documents", "application/json", "{}"),
            client.post(path + "/documents:bulk", "application/x-ndjson", ""),
            client.post(path + "/documents:get", "application/json", "{\"ids\":[]}")
        }) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-name");
        }
    }

    @Test
    void unknownParametersAreRefusedByName() throws IOException {
        Answer answer = client.put(COLLECTION + "/documents/a?tll=60", "{}");
        assertThat(answer.problem()).isEqualTo("invalid-parameter");
        assertThat(answer.detail()).contains("'tll'").contains("Known: ttl");
        assertThat(client.get(COLLECTION + "/documents/a?x=1").detail()).contains("no parameters");
        assertThat(client.put(COLLECTION + "/documents/a?ttl=1&ttl=2", "{}").detail())
                .contains("twice");
    }

    @Test
    void aLongIdIsRefusedNamingTheLimit() throws IOException {
        assertThat(client.put(COLLECTION + "/documents/" + "%C3%A9".repeat(256), "{}")
                        .status())
                .isEqualTo(201);
        Answer answer = client.put(COLLECTION + "/documents/a" + "%C3%A9".repeat(256), "{}");
        assertThat(answer.problem()).isEqualTo("invalid-id");
        assertThat(answer.detail()).contains("512").contains("513");
    }

    @Test
    void problemsComeWhateverIsAccepted() throws IOException {
        Answer answer = client.get(COLLECTION + "/documents/%7B%7D", "Accept: image/png, application/json;q=0.1");
        assertThat(answer.problem()).isEqualTo("document-not-found");
        assertThat(client.get(COLLECTION + "/documents/{}|").problem()).isEqualTo("document-not-found");
    }
}
