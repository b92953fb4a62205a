package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    /// The cases of RFC 7396, appendix A.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "['a','b'] | ['c','d'] | ['c','d']",
                "{'a':'b'} | ['c'] | ['c']",
                "{'a':'foo'} | null | null",
                "{'a':'foo'} | 'bar' | 'bar'",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "[1,2] | {'a':'b','c':null} | {'a':'b'}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void mergesAsTheStandardShows(String document, String patch, String result) {
        assertThat(merged(document.replace('\'', '"'), patch.replace('\'', '"')))
                .isEqualTo(result.replace('\'', '"'));
    }

    @Test
    void keepsWhatThePatchDoesNotNameByteForByte() {
        assertThat(merged(
                        "{ \"n\" : 1e400, \"m\": [ 0.10,\t12345678901234567890123 ],\n \"s\":\"\\u00e9\\/\", \"x\": 1 }",
                        "{\"x\":2.50}"))
                .isEqualTo("{\"n\" : 1e400,\"m\": [ 0.10,\t12345678901234567890123 ],\"s\":\"\\u00e9\\/\",\"x\":2.50}");
    }

    @Test
    void findsMembersHoweverTheirNamesAreWritten() {
        assertThat(merged("{\"\\u0061\":1}", "{\"a\":2}")).isEqualTo("{\"\\u0061\":2}");
        assertThat(merged("{\"a\":1}", "{\"\\u0061\":null}")).isEqualTo("{}");
    }

    @Test
    void keepsNullsInsideArraysAndDropsThemInNewObjects() {
        assertThat(merged("{}", "{\"a\":[null,{\"b\":null}],\"c\":{\"d\":null,\"e\":1}}"))
                .isEqualTo("{\"a\":[null,{\"b\":null}],\"c\":{\"e\":1}}");
    }

    @Test
    void replacesWhatIsNoObject() {
        assertThat(merged("{\"a\":5}", "{\"a\":{\"b\":1}}")).isEqualTo("{\"a\":{\"b\":1}}");
        assertThat(merged("{\"a\":{\"b\":1}}", "{\"a\":5}")).isEqualTo("{\"a\":5}");
    }

    @Test
    void refusesPatchesThatAreNoJson() {
        assertThatThrownBy(() -> parse("{\"a\":1,\"a\":2}")).hasMessageContaining("twice");
        assertThatThrownBy(() -> parse("{} {}")).hasMessageContaining("the end");
        assertThatThrownBy(() -> parse("[".repeat(600))).hasMessageContaining("500 levels");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("the end of the text");
    }

    private static MergePatch parse(String patch) {
        return MergePatch.parse(patch.getBytes(StandardCharsets.UTF_8), 500);
    }

    private static String merged(String document, String patch) {
        return new String(parse(patch).applyTo(document.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
