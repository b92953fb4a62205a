package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.app.json.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

class JsonReaderTest {
    private static final int DEEPEST = 500;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "false",
                "0",
                "-0",
                "1e400",
                "-1.5E-7",
                "0.10",
                "\"\"",
                "\"\\u0000\"",
                "[[],{}]",
                " \t\r\n[ 1 , 2 ] \n",
                "{\"a\":{\"a\":{\"a\":1}}}",
                "[{\"a\":1},{\"a\":2}]",
                "{\"\":0}",
                "\"\\ud800\"",
                "123456789012345678901234567890",
                "\"\u007F\"",
                "\"é😀\uFFFF\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uabCD\""
            })
    void acceptsWhatIsJson(String json) {
        assertThatCode(() -> check(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "[1}",
                "{\"a\":1]",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "0x10",
                "NaN",
                "Infinity",
                "tru",
                "True",
                "nul",
                "truefalse",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "\"\t\"",
                "\"\n\"",
                "1 2",
                "{}{}",
                "[] x",
                "// c\n1",
                "/**/1",
                "\u00A01",
                "\uFEFF1",
                "[1]\u0000",
                "é",
                "-01",
                "1.e5",
                "[\"a\",\n4\n,1,",
                "\"\\"
            })
    void refusesWhatIsNot(String json) {
        assertThatThrownBy(() -> check(json)).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "FF",
                "C080",
                "C1BF",
                "E08080",
                "E09FBF",
                "EDA080",
                "EDBFBF",
                "F0808080",
                "F08FBFBF",
                "F4908080",
                "F5808080",
                "C3",
                "E282",
                "F09F98",
                "C328",
                "E228A1",
                "F0288CBC"
            })
    void refusesBytesThatAreNotUtf8(String hex) {
        byte[] json = HexFormat.of().parseHex("22" + hex + "22");
        assertThatThrownBy(() -> JsonReader.check(json, DEEPEST))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EFBBBF7B7D", "FEFF007B007D", "FFFE7B007D00", "7B007D00", "007B007D", "0000007B"})
    void refusesOtherEncodingsAndByteOrderMarks(String hex) {
        assertThatThrownBy(() -> JsonReader.check(HexFormat.of().parseHex(hex), DEEPEST))
                .hasMessageMatching(".*(byte order mark|UTF-16).*");
    }

    @Test
    void refusesANameGivenTwiceAtAnyLevelHoweverItIsWritten() {
        assertThatThrownBy(() -> check("{\"a\":1,\"b\":2,\"a\":3}"))
                .hasMessage("Line 1, column 14: the object has this member name twice.");
        assertThatThrownBy(() -> check("[{\"x\":{\"a\":1,\"\\u0061\":2}}]")).hasMessageContaining("twice");
        assertThatThrownBy(() -> check("{\"😀\":1,\"\\ud83d\\ude00\":2}")).hasMessageContaining("twice");
        assertThatThrownBy(() -> check("{\"\\\"\":1, \"\\u0022\":2}"))
                .hasMessage("Line 1, column 10: the object has this member name twice.");
        String many = IntStream.range(0, 100).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));
        assertThatCode(() -> check("{" + many + "}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("{" + many + ",\"n5\":1}")).hasMessageContaining("twice");
        assertThatThrownBy(() -> check("{" + many + ",\"n99\":1}")).hasMessageContaining("twice");
    }

    @Test
    void boundsTheNesting() {
        assertThatCode(() -> check("[".repeat(DEEPEST) + "]".repeat(DEEPEST))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("[".repeat(1_000_000)))
                .hasMessage("Line 1, column 501: the nesting is deeper than the allowed 500 levels.");
        assertThatThrownBy(() -> check("{\"a\":".repeat(DEEPEST + 1))).hasMessageContaining("500 levels");
    }

    @Test
    void takesNumbersNamesAndStringsOfAnySize() {
        String digits = "9".repeat(1_000_000);
        assertThatCode(() -> check(digits)).doesNotThrowAnyException();
        assertThatCode(() -> check("{\"" + digits + "\":\"" + digits + "\"}")).doesNotThrowAnyException();
    }

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

    /// Changes bytes of a document, many times, and compares with Jackson's parser of characters,
    /// which has code of its own.
    @Test
    void agreesWithAnotherParser() {
        byte[] json = "{\"a\":[1,-2.5e3,true,null,\"x\\n\\u00e9\"],\"b\":{\"c\":{}},\"d\":\"é\"}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] interesting = "{}[]\",:0129.-+eEtrufalsn\\/ \n\ta".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = json.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = interesting[random.nextInt(interesting.length)];
            }
            assertThat(isAccepted(changed))
                    .as(new String(changed, StandardCharsets.UTF_8))
                    .isEqualTo(isAcceptedByJackson(changed));
        }
    }

    private static boolean isAccepted(byte[] json) {
        try {
            JsonReader.check(json, DEEPEST);
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static boolean isAcceptedByJackson(byte[] json) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        String text = new String(json, StandardCharsets.UTF_8);
        if (text.contains("\uFFFD")) {
            return false;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            int values = 0;
            while (parser.nextToken() != null) {
                values += parser.streamReadContext().inRoot() ? 1 : 0;
            }
            // The end of the object alone: Jackson reads several values one behind the other.
            return values == 1;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void check(String json) {
        JsonReader.check(json.getBytes(StandardCharsets.UTF_8), DEEPEST);
    }
}
