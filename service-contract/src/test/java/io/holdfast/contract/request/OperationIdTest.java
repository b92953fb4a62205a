package io.holdfast.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OperationIdTest {
    @Test
    void isWhatTimeOrderedIdsMake() {
        assertThat(OperationId.isValid(new TimeOrderedIds(Clock.systemUTC(), new Random(1)).next()))
                .isTrue();
    }

    @Test
    void isNothingElse() {
        assertThat(OperationId.isValid(null)).isFalse();
        assertThat(OperationId.isValid("")).isFalse();
        assertThat(OperationId.isValid("0199A3C4-5E6F-7A01-8B02-9C03AD04BE05")).isFalse();
        assertThat(OperationId.isValid("0199a3c4-5e6f-7a01-8b02-9c03ad04be05x")).isFalse();
    }
}
