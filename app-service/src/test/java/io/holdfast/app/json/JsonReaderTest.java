package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is JSON and what is not.
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

    private static void check(String json) {
        JsonReader.check(json.getBytes(StandardCharsets.UTF_8), DEEPEST);
    }
}
