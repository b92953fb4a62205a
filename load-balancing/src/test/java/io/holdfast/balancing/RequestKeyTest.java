package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestKeyTest {
    @Test
    void isTheSameForTheSameText() {
        assertThat(RequestKey.of("user-7")).isEqualTo(RequestKey.of(CharBuffer.wrap("user-7")));
    }

    @Test
    void isNeverTheKeyOfNobody() {
        assertThat(RequestKey.of("")).isNotEqualTo(RequestKey.NONE);
    }

    @Test
    void spreadsCloseTextsOverAllBits() {
        Set<Long> upper = new HashSet<>();
        int[] ones = new int[Long.SIZE];
        for (int i = 0; i < 4_096; i++) {
            long hash = RequestKey.of("user-" + i).hash();
            upper.add(hash >>> 48);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                ones[bit] += (int) (hash >>> bit & 1);
            }
        }
        assertThat(upper).hasSizeGreaterThan(3_800);
        assertThat(Arrays.stream(ones)).allMatch(count -> count > 1_850 && count < 2_250);
    }
}
