package io.holdfast.contract.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({"2000,2000", "600000,600000", "600001,600000", "999999999,600000", "007,7"})
    void takesTheTimeAHeaderLeavesUpToTheLongest(String header, long millis) {
        Duration remaining = Deadline.parse(header).remaining();
        assertThat(remaining).isBetween(Duration.ofMillis(millis).minus(A_MOMENT), Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "-1", "1.5", "1s", "1234567890", "٣"})
    void isTheDefaultWhereAHeaderSaysNothing(@Nullable String header) {
        assertThat(Deadline.parse(header).remaining()).isBetween(Deadline.DEFAULT.minus(A_MOMENT), Deadline.DEFAULT);
    }

    @Test
    void zeroHasPassed() {
        Deadline zero = Deadline.parse("0");
        assertThat(zero.passed()).isTrue();
        assertThat(zero.remaining()).isZero();
        assertThat(zero.header()).isEqualTo("0");
        assertThatThrownBy(zero::check).isInstanceOf(ProblemException.class).hasMessageContaining("within its time");
    }

    @Test
    void countsDownForTheNextHop() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        assertThat(Long.parseLong(deadline.header())).isBetween(50_000L, 60_000L);
        assertThatCode(deadline::check).doesNotThrowAnyException();
    }

    @Test
    void holdsWithinTheRequestOnly() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(2));
        assertThat(deadline.<Deadline, RuntimeException>call(Deadline::current)).isSameAs(deadline);
        assertThat(Deadline.current().remaining()).isLessThanOrEqualTo(Deadline.DEFAULT);
    }
}
