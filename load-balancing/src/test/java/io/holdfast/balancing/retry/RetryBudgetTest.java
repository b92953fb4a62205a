package io.holdfast.balancing.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {
    private long now = Long.MAX_VALUE - 1_000_000; // the clock overflows on the way
    private final RetryBudget budget = new RetryBudget(BudgetRule.DEFAULT, now);

    @Test
    void beginsWithItsReserve() {
        assertThat(withdrawAll(0)).isEqualTo(10);
    }

    @Test
    void addsNoMoreThanItsShareToAnOutage() {
        int retries = 0;
        for (int request = 0; request < 2_000; request++) {
            budget.deposit(now);
            retries += budget.withdraw(0, now) ? 1 : 0;
            pass(Duration.ofMillis(10));
        }
        assertThat(retries / 2_000.0).isBetween(0.11, 0.14);
    }

    @Test
    void savesEnoughForTheDeathOfAnInstance() {
        requests(3_000, 300);
        assertThat(withdrawAll(0)).isBetween(90, 120);
    }

    @Test
    void doesNotSaveGoodHours() {
        requests(3_000, 300);
        int soon = withdrawAll(0);
        requests(300_000, 300);
        assertThat(withdrawAll(0)).isCloseTo(soon, within(15));
    }

    @Test
    void fillsItsReserveAgainWithoutRequests() {
        withdrawAll(0);
        for (int i = 0; i < 3_000; i++) {
            pass(Duration.ofMillis(1));
            budget.deposit(now);
            budget.withdraw(0, now);
        }
        pass(Duration.ofSeconds(4));
        assertThat(withdrawAll(0)).isBetween(3, 5);
        pass(Duration.ofHours(1));
        assertThat(withdrawAll(0)).isEqualTo(10);
    }

    @Test
    void lendsTheLastOfThoseThatWereCutOffTogetherAsMuchAsTheFirst() {
        withdrawAll(0);
        for (int inFlight = 50; inFlight > 0; inFlight--) {
            assertThat(budget.withdraw(inFlight, now)).isTrue();
        }
    }

    @Test
    void canBeOverdrawnByWhatIsInFlight() {
        assertThat(withdrawAll(50)).isEqualTo(60);
        assertThat(budget.withdraw(0, now)).isFalse();
        pass(Duration.ofSeconds(30));
        assertThat(budget.withdraw(0, now)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAShareThatIsNone(double share) {
        assertThatThrownBy(() -> new BudgetRule(share, 1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A retry budget's share of the requests is %s. It has to be from 0 to 1.".formatted(share));
    }

    private void requests(int count, int perSecond) {
        for (int i = 0; i < count; i++) {
            budget.deposit(now);
            pass(Duration.ofSeconds(1).dividedBy(perSecond));
        }
    }

    private int withdrawAll(int overdraft) {
        int count = 0;
        while (budget.withdraw(overdraft, now)) {
            count++;
        }
        return count;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
