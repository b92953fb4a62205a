package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "é😀", "\"", "\\", "a\"b\\c", "\u0000\n\u001F\u007F", "{}"})
    void stringsComeBackFromJson(String string) {
        byte[] json = JsonStrings.encode(string);
        JsonReader in = new JsonReader(json, 1);
        in.next();
        assertThat(in.string()).isEqualTo(string);
        assertThat(in.next()).isEqualTo(JsonReader.Token.END);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "{\"a\": 1} => {\"a\": 1}",
                "{N  \"a\": 1,N  \"b  c\": [N    1N  ]N} => {\"a\": 1,\"b  c\": [1]}",
                "[1,RN2]RN => [1,2]",
                "NN1NN => 1",
                "{\"a\":\"\\n  x\"} => {\"a\":\"\\n  x\"}",
            })
    void breaksBecomeNothingAndTheRestStays(String json, String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OneLine.write(json.replace('N', '\n').replace('R', '\r').getBytes(StandardCharsets.UTF_8), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(line);
    }
}
