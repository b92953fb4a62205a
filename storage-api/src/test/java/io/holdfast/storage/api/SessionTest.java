package io.holdfast.storage.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionTest {
    @Test
    void keepsTheLatestVersionOfEachPartition() {
        Session session = Session.NONE.with(3, 10).with(3, 9).with(4, 11);

        assertThat(session.atLeast(3)).isEqualTo(10);
        assertThat(session.atLeast(4)).isEqualTo(11);
        assertThat(session.atLeast(5)).isZero();
    }

    @Test
    void asksForNoLessWhereThereAreMorePartitionsThanItKeepsApart() {
        Session session = Session.NONE;
        for (int partition = 0; partition < 200; partition++) {
            session = session.with(partition, 1_000 - partition);
        }

        assertThat(session.versions()).hasSize(Session.MOST_PARTITIONS);
        for (int partition = 0; partition < 200; partition++) {
            assertThat(session.atLeast(partition)).isGreaterThanOrEqualTo(1_000 - partition);
        }
    }
}
