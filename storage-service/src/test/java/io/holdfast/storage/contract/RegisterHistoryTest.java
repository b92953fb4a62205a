package io.holdfast.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegisterHistoryTest {
    private final RegisterHistory history = new RegisterHistory();

    @Test
    void whatHappensInTurnIsSeenInTurn() {
        history.compareAndSet("0", "1", 1, 2);
        history.read("1", 3, 4);
        history.compareAndSet("1", "2", 5, 6);
        history.read("2", 7, 8);

        assertThat(history.isLinearizable("0")).isTrue();
    }

    @Test
    void aStaleReadIsFound() {
        history.compareAndSet("0", "1", 1, 2);
        history.read("0", 3, 4);

        assertThat(history.isLinearizable("0")).isFalse();
    }

    @Test
    void whatOverlapsMayBeSeenInAnyOrderButInOne() {
        history.compareAndSet("0", "1", 1, 10);
        history.read("1", 2, 3);
        history.read("1", 4, 5);
        assertThat(history.isLinearizable("0")).isTrue();

        history.read("0", 6, 7);
        assertThat(history.isLinearizable("0")).isFalse();
    }

    @Test
    void twoCannotSucceedOnTheSameValue() {
        history.compareAndSet("0", "1", 1, 10);
        history.compareAndSet("0", "2", 1, 10);

        assertThat(history.isLinearizable("0")).isFalse();
    }

    @Test
    void aLostWriteIsFound() {
        history.compareAndSet("0", "1", 1, 2);
        history.compareAndSet("0", "2", 3, 4);

        assertThat(history.isLinearizable("0")).isFalse();
    }

    @Test
    void whatNobodyKnowsMayTakePlaceLateOrNever() {
        history.unknownCompareAndSet("0", "1", 1);
        history.read("0", 2, 3);
        assertThat(history.isLinearizable("0")).isTrue();

        history.read("1", 50, 60);
        assertThat(history.isLinearizable("0")).isTrue();

        history.read("0", 70, 80);
        assertThat(history.isLinearizable("0")).isFalse();
    }
}
