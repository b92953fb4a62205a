package io.holdfast.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0af7651916cd43dd8448eb211c80319c", "A-b_c.d:e"})
    void keepsWhatTheClientGave(String given) {
        assertThat(RequestId.orNew(given)).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "é", "\"", "%"})
    void replacesWhatIsNoId(String given) {
        assertThat(RequestId.orNew(given)).matches("[0-9a-f]{16}");
    }

    @Test
    void makesOneWhereThereIsNoneAndBoundsItsLength() {
        assertThat(RequestId.orNew(null)).isNotEqualTo(RequestId.orNew(null));
        assertThat(RequestId.orNew("x".repeat(128))).hasSize(128);
        assertThat(RequestId.orNew("x".repeat(129))).hasSize(16);
    }
}
