package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.balancing.signal.LoadReport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What instances are used for as time passes: slow start, draining, weights, strategies.
class StatesTest {
    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN);
    private final Upstream upstream = fake.upstream;

    @Test
    void startsTheFirstInstancesAtFullShare() {
        fake.healthy("a", "b");
        assertThat(upstream.members()).extracting(Instance::state).containsOnly(InstanceState.HEALTHY);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void startsANewcomerSlowly(Strategy strategy) {
        upstream.switchTo(strategy);
        fake.healthy("a", "b");
        fake.healthy("a", "b", "c");
        fake.answer("a", Duration.ofMillis(2));
        fake.answer("b", Duration.ofMillis(2));
        fake.answer("c", Duration.ofMillis(2));
        assertThat(fake.member("c").state()).isEqualTo(InstanceState.SLOW_START);
        upstream.tick();
        assertThat(shareOf("c")).isLessThan(0.2);
        fake.run(Duration.ofSeconds(11));
        assertThat(fake.member("c").state()).isEqualTo(InstanceState.HEALTHY);
        if (strategy != Strategy.PEAK_EWMA && strategy != Strategy.HOT_COLD) { // there the fastest gets all of it
            assertThat(shareOf("c")).isCloseTo(1 / 3.0, within(0.15));
        }
    }

    @Test
    void startsAnInstanceSlowlyThatComesBack() {
        fake.healthy("a", "b");
        fake.fail("b", Failure.UNREACHABLE);
        assertThat(fake.view("b").why()).isEqualTo("failed");
        fake.pass(Duration.ofSeconds(1));
        fake.ready("b");
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.SLOW_START);
        fake.run(Duration.ofSeconds(5));
        assertThat(fake.view("b").why()).isEqualTo("takes 50 % of its share so far");
    }

    @Test
    void sendsNothingNewToAnInstanceThatDrains() {
        fake.healthy("a", "b");
        Attempt before = upstream.begin(fake.member("b"));
        upstream.draining(fake.member("b"));
        assertThat(upstream.live()).hasToString("[a]");
        assertThat(fake.view("b")).satisfies(view -> {
            assertThat(view.state()).isEqualTo(InstanceState.DRAINING);
            assertThat(view.inFlight()).isOne();
        });
        before.succeeded();
        assertThat(fake.member("b").state()).isEqualTo(InstanceState.DRAINING);
    }

    @Test
    void usesAnInstanceAgainThatIsReadyAfterDraining() {
        fake.healthy("a", "b");
        long before = fake.now();
        fake.pass(Duration.ofMillis(1));
        upstream.draining(fake.member("b"));
        upstream.ready(fake.member("b"), before);
        assertThat(upstream.live()).hasToString("[a]");
        fake.pass(Duration.ofSeconds(1));
        fake.ready("b");
        assertThat(upstream.live()).hasToString("[a, b]");
    }

    @Test
    void tellsWhoComesAndGoesAndWhatBecomesOfThem() {
        fake.healthy("a", "b");
        upstream.draining(fake.member("a"));
        upstream.discovered(Instances.uris("b"));
        assertThat(fake.turns)
                .containsExactly("a joined", "b joined", "a healthy", "b healthy", "a draining", "a left");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e7})
    void refusesAWeightThatIsNone(double weight) {
        assertThatThrownBy(() -> upstream.discovered(Map.of(URI.create("http://a"), weight)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The weight of http://a is %s. It has to be a number above 0, at most 1000000;"
                                .formatted(weight)
                        + " to take an instance out, remove it.");
        assertThat(upstream.members()).isEmpty();
    }

    @Test
    void changesAWeightWithoutForgettingTheInstance() {
        upstream.switchTo(Strategy.WEIGHTED_ROUND_ROBIN);
        fake.healthy("a", "b");
        Instance a = fake.member("a");
        upstream.discovered(Map.of(URI.create("http://a"), 9.0, URI.create("http://b"), 1.0));
        assertThat(fake.member("a")).isSameAs(a);
        assertThat(shareOf("a")).isCloseTo(0.9, within(0.02));
    }

    @Test
    void keepsWhatIsInFlightWhenTheStrategyIsSwitched() {
        fake.healthy("a", "b");
        Attempt attempt = upstream.begin(fake.member("a"));
        upstream.switchTo(Strategy.LEAST_CONNECTIONS);
        assertThat(upstream.strategy()).isEqualTo(Strategy.LEAST_CONNECTIONS);
        assertThat(upstream.pick(RequestKey.NONE).id()).isEqualTo("b");
        assertThat(upstream.pick(RequestKey.NONE).id()).isEqualTo("b");
        attempt.succeeded();
        assertThat(upstream.views()).extracting(InstanceView::inFlight).containsOnly(0);
    }

    @Test
    void explainsWithoutPicking() {
        fake.healthy("a", "b", "c");
        upstream.pick(RequestKey.NONE);
        for (int i = 0; i < 2; i++) {
            assertThat(upstream.explain(Strategy.ROUND_ROBIN, 4).picks()).containsExactly("b", "c", "a", "b");
        }
        assertThat(upstream.pick(RequestKey.NONE).id()).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void explainsWhatSpeaksForAnInstance(Strategy strategy) {
        fake.healthy("a", "b");
        Explanation explanation = upstream.explain(strategy, 20);
        assertThat(explanation.picks()).hasSize(20).isSubsetOf("a", "b");
        assertThat(explanation.candidates()).hasSize(2).allSatisfy(candidate -> {
            assertThat(candidate.share()).isEqualTo(0.5);
            assertThat(candidate.score()).isFinite();
            assertThat(candidate.why()).isNotEmpty();
        });
        assertThat(upstream.views()).extracting(InstanceView::inFlight).containsOnly(0);
        assertThat(upstream.views()).extracting(InstanceView::requests).containsOnly(0L);
    }

    @Test
    void countsWhatTheRehearsedRequestsWouldKeepBusy() {
        fake.healthy("a", "b");
        upstream.begin(fake.member("a"));
        upstream.begin(fake.member("a"));
        assertThat(upstream.explain(Strategy.LEAST_CONNECTIONS, 2).picks()).containsExactly("b", "b");
    }

    @Test
    void explainsNothingWhereNobodyIsKnown() {
        assertThat(upstream.explain(Strategy.HOT_COLD, 5).picks()).isEmpty();
        assertThatThrownBy(() -> upstream.explain(Strategy.HOT_COLD, 1_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1001 picks cannot be explained. Ask for 0 to 1000.");
    }

    @Test
    void showsWhatAnInstanceReported() {
        fake.healthy("a");
        assertThat(fake.view("a").cpu()).isNull();
        upstream.reported(fake.member("a"), LoadReport.of(0.31, 0.4, 812, 0));
        assertThat(fake.view("a").cpu()).isEqualTo(0.31);
        assertThat(fake.view("a").memory()).isEqualTo(0.4);
        fake.pass(Duration.ofMinutes(3));
        assertThat(fake.view("a").cpu()).isNull();
    }

    private double shareOf(String host) {
        int picked = 0;
        for (int i = 0; i < 1_000; i++) {
            RequestKey key = RequestKey.of("key " + i);
            picked += upstream.pick(key).id().equals(host) ? 1 : 0;
        }
        return picked / 1_000.0;
    }
}
