package io.holdfast.app.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest extends AppServiceTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiterString = " => ",
            value = {
                "plain => plain",
                "a%2Fb => a/b",
                "%2F => /",
                "a%5Cb => a\\b",
                "100%25 => 100%",
                "a;b=c => a;b=c",
                ";a => ;a",
                "a%3Bb => a;b",
                "a;%20b => a; b",
                "with%20space => with space",
                "a+b => a+b",
                "%F0%9F%98%80 => 😀",
                "%C3%A9 => é",
                "... => ...",
                "%2E%2E%2E => ...",
                ".a => .a",
                "{} => {}",
                "%7B%7D => {}",
                "{a|b}^`[]\"<> => {a|b}^`[]\"<>",
                "a:b@c!$&'(),=~ => a:b@c!$&'(),=~",
                "..%2F.. => ../..",
                "a%2F..%2Fb => a/../b",
                "%3Fa%23 => ?a#",
            })
    void takesAnyIdLiterally(String segment, String id) throws IOException {
        Answer put = client.put(DOCUMENTS + "/" + segment, "{\"a\":1}");
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        assertThat(store.text("things", id)).isEqualTo("{\"a\":1}");
        assertThat(put.json().path("id").asString()).isEqualTo(id);

        assertThat(client.get(DOCUMENTS + "/" + segment).text()).isEqualTo("{\"a\":1}");
        assertThat(client.patch(DOCUMENTS + "/" + segment, "{\"b\":2}").text()).isEqualTo("{\"a\":1,\"b\":2}");
        assertThat(client.send("DELETE", DOCUMENTS + "/" + segment, null).status())
                .isEqualTo(204);
        assertThat(client.get(DOCUMENTS + "/" + segment).problem()).isEqualTo("document-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "%2e", "%2E%2e", ".%2e", "a%00b", "a%0Ab", "%7F", "%C2%85", "%09"})
    void refusesIdsThatAreNone(String segment) throws IOException {
        Answer answer = client.put(DOCUMENTS + "/" + segment, "{}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.problem()).isIn("invalid-id", "malformed-request");
        assertThat(store.count("things")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a%", "%2", "%FF", "%C0%AF", "%ED%A0%80", "a;%zz"})
    void refusesMalformedAddresses(String segment) throws IOException {
        Answer answer = client.put(DOCUMENTS + "/" + segment, "{}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
    }
}
