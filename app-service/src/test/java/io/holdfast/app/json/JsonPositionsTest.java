package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.json.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the reader says that things stand.
class JsonPositionsTest {
    private static final int DEEPEST = 500;

    @Test
    void knowsWhereTokensStand() {
        String json = " {\"a\\u0062\" : [1, \"x\"] }";
        JsonReader in = new JsonReader(json.getBytes(StandardCharsets.UTF_8), DEEPEST);
        List<String> tokens = new ArrayList<>();
        for (Token token = in.next(); token != Token.END; token = in.next()) {
            tokens.add(token + " " + json.substring(in.start(), in.end()));
            if (token == Token.NAME) {
                assertThat(in.string()).isEqualTo("ab");
            }
        }
        assertThat(tokens)
                .containsExactly(
                        "BEGIN_OBJECT {",
                        "NAME \"a\\u0062\"",
                        "BEGIN_ARRAY [",
                        "NUMBER 1",
                        "STRING \"x\"",
                        "END_ARRAY ]",
                        "END_OBJECT }");
    }

    @ParameterizedTest
    @ValueSource(strings = {" 1 ", "\n-1.50e+3\n", "\t\"\\u00e9é😀\\\"\" ", " true ", " null\n"})
    void knowsWhereALoneValueEnds(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        JsonReader in = new JsonReader(text, DEEPEST);
        in.next();
        assertThat(new String(text, in.start(), in.end() - in.start(), StandardCharsets.UTF_8))
                .isEqualTo(json.strip());
        assertThat(in.next()).isEqualTo(Token.END);
        assertThat(in.next()).isEqualTo(Token.END);
    }

    @Test
    void skipsValues() {
        JsonReader in = new JsonReader("[{\"a\":[1,{}]},2]".getBytes(StandardCharsets.UTF_8), DEEPEST);
        in.next();
        in.skip(in.next());
        assertThat(in.end()).isEqualTo(13);
        assertThat(in.next()).isEqualTo(Token.NUMBER);
    }
}
