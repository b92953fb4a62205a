package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.signal.LoadReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is taken out for being slow, and who is not although it is.
class SlownessTest {
    private static final Duration FAST = Duration.ofMillis(2);

    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN);
    private final Upstream upstream = fake.upstream;

    @Test
    void takesOutAnInstanceThatIsMuchSlower() {
        fake.healthy("a", "b", "c");
        slow("c");
        assertThat(upstream.live()).hasToString("[a, b]");
        assertThat(fake.view("c").why()).startsWith("its median latency is ");
    }

    /// It is slow because there is too much to do, and without it there would be even more for the others.
    @Test
    void leavesInASlowOneWhoseWorkItsPeersHaveNoRoomFor() {
        fake.healthy("a", "b", "c");
        report("a", 400, 1);
        report("b", 560, 0.7);
        report("c", 560, 0.7);
        slow("c");
        assertThat(upstream.live()).hasSize(3);
    }

    @Test
    void takesOutASlowOneWhoseWorkItsPeersHaveRoomFor() {
        fake.healthy("a", "b", "c");
        report("a", 300, 0.1);
        report("b", 300, 0.1);
        report("c", 300, 1);
        slow("c");
        assertThat(upstream.live()).hasToString("[a, b]");
    }

    private void report(String host, double rps, double utilisation) {
        upstream.reported(fake.member(host), LoadReport.of(utilisation, 0, rps, 0));
    }

    private void slow(String host) {
        for (int i = 0; i < 30; i++) {
            for (String each : List.of("a", "b", "c")) {
                fake.answer(each, each.equals(host) ? Duration.ofMillis(20) : FAST);
            }
        }
        fake.run(Duration.ofSeconds(1));
    }

    /// Else the others would have to do the work of all of them, become slow and be taken out in turn.
    @Test
    void takesOutNoMoreThanAThirdForBeingSlow() {
        fake.healthy("a", "b", "c", "d", "e");
        for (int i = 0; i < 30; i++) {
            List.of("a", "b", "c").forEach(fast -> fake.answer(fast, FAST));
            List.of("d", "e").forEach(slow -> fake.answer(slow, Duration.ofMillis(20)));
        }
        fake.run(Duration.ofSeconds(1));
        assertThat(upstream.live()).hasSize(4);
    }

    /// While the caller stood still, all were slow; since then, one has hardly been asked.
    @Test
    void comparesWhatWasAtTheSameTime() {
        fake.healthy("a", "b", "c");
        for (int i = 0; i < 60; i++) {
            List.of("a", "b", "c").forEach(each -> fake.answer(each, Duration.ofMillis(100)));
        }
        fake.run(Duration.ofSeconds(1));
        for (int second = 0; second < 4; second++) {
            fake.answer("a", FAST);
            for (int i = 0; i < 300; i++) {
                List.of("b", "c").forEach(each -> fake.answer(each, FAST));
            }
            fake.run(Duration.ofSeconds(1));
        }
        assertThat(upstream.live()).hasSize(3);
    }

    @Test
    void doesNotMindWhatIsALittleSlower() {
        fake.healthy("a", "b");
        for (int i = 0; i < 100; i++) {
            fake.answer("a", Duration.ofMillis(10));
            fake.answer("b", Duration.ofMillis(35));
        }
        fake.run(Duration.ofSeconds(1));
        assertThat(upstream.live()).hasSize(2);
    }
}
