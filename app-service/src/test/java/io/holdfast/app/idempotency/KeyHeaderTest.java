package io.holdfast.app.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHeaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"8e03978e-40d5\" | 8e03978e-40d5",
                "8e03978e-40d5 | 8e03978e-40d5",
                "\"with a blank; and, more\" | with a blank; and, more",
                "\"\\\"quoted\\\\\" | \"quoted\\",
                "a{b}:c=d | a{b}:c=d",
            })
    void readsStringsAndTokens(String value, String key) {
        assertThat(KeyHeader.parse(value)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"open",
                "\"",
                "\"a\"b",
                "\"a\", \"b\"",
                "a b",
                "a,b",
                "a\"b",
                "\"\\a\"",
                "\"\\",
                "é",
                "\"\t\""
            })
    void refusesEverythingElse(String value) {
        refuse(value);
    }

    @Test
    void isBounded() {
        assertThat(KeyHeader.parse("k".repeat(255))).hasSize(255);
        refuse("k".repeat(256));
        refuse('"' + "k".repeat(256) + '"');
    }

    private static void refuse(String value) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> KeyHeader.parse(value))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_IDEMPOTENCY_KEY);
                    assertThat(problem.detail()).contains("1 to 255");
                });
    }
}
