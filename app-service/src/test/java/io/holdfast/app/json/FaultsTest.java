package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{\\n  'a': tru\\n} => Line 2, column 8: found 't', which cannot stand here.",
                "['é😀', x] => Line 1, column 8: found 'x', which cannot stand here.",
                "{'a':1 => Line 1, column 7: the end of the text comes too early.",
                "[1] [2] => Line 1, column 5: found '[', expected the end, as one value is complete.",
                "['abc => Line 1, column 6: the end of the text comes too early.",
                "{'é': NaN} => Line 1, column 10: the number before this place is none that JSON knows.",
                "[0,\\n é] => Line 2, column 2: found the byte 0xC3, which cannot stand here.",
                "{'\\ud800':1} => Line 1, column 9: found '\"', which cannot stand here.",
                "['\t'] => Line 1, column 3: found the byte 0x09, which cannot stand here.",
            })
    void saysWhatIsWrongAndWhere(String json, String message) {
        assertThatThrownBy(() -> check(json.replace('\'', '"').replace("\\n", "\n")))
                .hasMessage(message);
    }

    /// Names of eight bytes, read as two numbers. Jackson's hash adds 33 times the second to a mix of
    /// the first, so that each first half has a second half that leads to the same hash.
    @Test
    void refusesManyNamesChosenToShareAHash() {
        String names = new Random(7)
                .ints()
                .filter(FaultsTest::isPrintable)
                .mapToObj(FaultsTest::withTheSameHash)
                .filter(name -> name.matches("[#-\\[\\]-~]{8}"))
                .distinct()
                .limit(600)
                .map(name -> '"' + name + "\":0")
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> check("{" + names + "}")).hasMessageContaining("have the same hash");
    }

    private static boolean isPrintable(int bytes) {
        return IntStream.of(bytes >>> 24, bytes >>> 16 & 0xFF, bytes >>> 8 & 0xFF, bytes & 0xFF)
                .allMatch(b -> b >= '#' && b <= '~');
    }

    private static String withTheSameHash(int first) {
        int mixed = first + (first >>> 15);
        mixed ^= mixed >>> 9;
        int second = (0x41424344 - mixed) * 0x3E0F83E1; // the inverse of 33 modulo 2^32
        byte[] name = ByteBuffer.allocate(8).putInt(first).putInt(second).array();
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static void check(String json) {
        JsonReader.check(json.getBytes(StandardCharsets.UTF_8), 500);
    }
}
