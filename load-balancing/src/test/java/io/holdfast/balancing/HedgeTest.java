package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HedgeTest {
    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN);

    @Test
    void waitsUntilItIsKnownWhatIsLate() {
        fake.healthy("a", "b");
        assertThat(begin(true).hedgeAfter()).isEmpty();
    }

    @Test
    void waitsForThe95thPercentile() {
        learn();
        assertThat(begin(true).hedgeAfter())
                .hasValueSatisfying(
                        delay -> assertThat(delay).isBetween(Duration.ofMillis(80), Duration.ofMillis(120)));
    }

    @Test
    void hedgesNothingThatCannotBeRepeated() {
        learn();
        Attempts request = begin(false);
        assertThat(request.hedgeAfter()).isEmpty();
        request.next();
        assertThat(request.hedge()).isEmpty();
    }

    @Test
    void goesToAnotherInstance() {
        learn();
        Attempts request = begin(true);
        Attempt first = sent(request.next());
        Attempt second = request.hedge().orElseThrow();
        assertThat(second.instance()).isNotSameAs(first.instance());
        assertThat(request.hedge()).isEmpty();
        second.succeeded();
        first.cancelled();
        assertThat(fake.upstream.views()).extracting(InstanceView::inFlight).containsOnly(0);
    }

    @Test
    void addsTwoPerCentAtMost() {
        learn();
        int hedged = 0;
        for (int i = 0; i < 5_000; i++) {
            Attempts request = begin(true);
            Attempt first = sent(request.next());
            Attempt second = request.hedge().orElse(null);
            if (second != null) {
                hedged++;
                second.cancelled();
            }
            first.succeeded();
            fake.pass(Duration.ofMillis(5));
        }
        assertThat(hedged).isBetween(60, 105);
    }

    @Test
    void hedgesNothingWithOneInstance() {
        fake.healthy("a");
        for (int i = 0; i < 100; i++) {
            fake.answer("a", Duration.ofMillis(100));
        }
        fake.run(Duration.ofSeconds(1));
        assertThat(begin(true).hedgeAfter()).isEmpty();
    }

    /// One request in ten takes 100 ms, which makes that the 95th percentile.
    private void learn() {
        fake.healthy("a", "b");
        for (int i = 0; i < 100; i++) {
            begin(true);
            fake.answer(i % 2 == 0 ? "a" : "b", Duration.ofMillis(i % 10 < 9 ? 10 : 100));
        }
        fake.run(Duration.ofSeconds(1));
    }

    private Attempts begin(boolean repeatable) {
        return fake.upstream.attempts(RequestKey.NONE, repeatable, fake.deadline(Duration.ofSeconds(10)));
    }

    private static Attempt sent(Step step) {
        assertThat(step).isInstanceOf(Step.Send.class);
        return ((Step.Send) step).attempt();
    }
}
