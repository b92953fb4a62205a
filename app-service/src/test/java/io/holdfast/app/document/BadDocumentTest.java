package io.holdfast.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.app.testing.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent as a document and is none.
class BadDocumentTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";
    private static final int MOST = 1_048_576;

    @AfterEach
    void storedNothing() {
        assertThat(store.count("things")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "nul", "1 2", "{'a':1}", "[1,]", "\"\t\""})
    void malformedJson(String json) throws IOException {
        Answer answer = client.put(DOCUMENT, json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-document");
        assertThat(answer.detail())
                .startsWith("Line 1, column ")
                .doesNotContain("tools.")
                .doesNotContain("REDACTED");
        assertThat(client.post(DOCUMENTS, "application/json", json).problem()).isEqualTo("malformed-document");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22FF22", "22C08022", "22EDA08022", "EFBBBF7B7D", "FEFF007B007D", "7B007D00"})
    void otherEncodings(String hex) throws IOException {
        Answer answer = client.put(DOCUMENT, HexFormat.of().parseHex(hex));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-document");
    }

    @Test
    void depthBomb() throws IOException {
        Answer answer = client.put(DOCUMENT, "[".repeat(500_000));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("500 levels");
    }

    @Test
    void nothingAtAll() throws IOException {
        assertThat(client.put(DOCUMENT, "").detail()).contains("empty");
        assertThat(client.send("PUT", DOCUMENT, null, "Content-Type: application/json")
                        .problem())
                .isEqualTo("malformed-document");
    }

    @Test
    void oneByteTooMany() throws IOException {
        Answer answer = client.put(DOCUMENT, json(MOST + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("body-too-large");
        assertThat(answer.detail()).contains("1,048,576").contains("1,048,577");
    }

    @ParameterizedTest
    @ValueSource(ints = {MOST + 1, 40 * MOST})
    void tooLargeWithoutSayingSo(int size) throws IOException {
        Answer answer = client.exchange(chunked(json(size)), false);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("body-too-large");
    }

    @Test
    void tooLargeIsRefusedBeforeItIsSentWhereTheClientAsks() throws IOException {
        String head = client.head("PUT", DOCUMENT)
                + "Content-Type: application/json\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n";
        assertThat(client.exchange(head.getBytes(StandardCharsets.US_ASCII), false)
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: application/x-www-form-urlencoded | application/x-www-form-urlencoded",
                "Content-Type: text/plain | text/plain",
                "Content-Type: application/json; charset=iso-8859-1 | ISO-8859-1",
                "Content-Type: application/json; charset=utf-16 | UTF-16",
                "Content-Type: application/json; charset=nonsense | malformed",
                "Content-Type: nonsense | malformed",
                "Content-Type: application/vnd.api+json | application/vnd.api+json",
                "Content-Type: application/merge-patch+json | application/merge-patch+json",
                "X: y | no Content-Type",
            })
    void otherMediaTypes(String headers, String named) throws IOException {
        Answer answer =
                client.send("PUT", DOCUMENT, "{}".getBytes(StandardCharsets.UTF_8), headers.replace("\\r\\n", "\r\n"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.detail()).contains(named);
        assertThat(answer.header("Accept")).isEqualTo("application/json");
    }

    @Test
    void compressedBodies() throws IOException {
        Answer answer = client.put(DOCUMENT, "{}", "Content-Encoding: gzip");
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.detail()).contains("gzip");
    }

    @Test
    void aBodyThatBreaksOff() throws IOException {
        String request =
                client.head("PUT", DOCUMENT) + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":1}";
        assertBrokenOff(request);
        String chunked = client.head("PUT", DOCUMENT)
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n";
        assertBrokenOff(chunked);
        String noChunks = client.head("PUT", DOCUMENT)
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"a\":1}\r\n";
        assertBrokenOff(noChunks);
    }

    private void assertBrokenOff(String request) throws IOException {
        try (Socket socket = client.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.shutdownOutput();
            Answer answer = RawClient.read(socket.getInputStream(), false);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
            assertThat(answer.detail()).contains("complete");
        }
    }

    private byte[] chunked(byte[] body) {
        String head =
                client.head("PUT", DOCUMENT) + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < body.length; at += 50_000) {
            int length = Math.min(50_000, body.length - at);
            request.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.write(body, at, length);
            request.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        request.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return request.toByteArray();
    }

    static byte[] json(int size) {
        return ("\"" + "x".repeat(size - 2) + "\"").getBytes(StandardCharsets.US_ASCII);
    }
}
