package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamTest {
    private final List<String> turns = new ArrayList<>();
    private final Upstream upstream = new Upstream(
            "app",
            Strategy.ROUND_ROBIN,
            UpstreamRules.DEFAULT,
            (service, instance) -> turns.add(service + " " + instance.id() + " " + instance.healthy()));

    @Test
    void usesAllWhileNoneIsKnownToBeHealthy() {
        upstream.discovered(Instances.uris("a", "b"));
        assertThat(upstream.healthy()).isFalse();
        assertThat(upstream.live()).hasToString("[a, b]");
    }

    @Test
    void usesTheHealthyOnesOnly() {
        upstream.discovered(Instances.uris("a", "b", "c"));
        ready(0);
        ready(2);
        assertThat(upstream.healthy()).isTrue();
        assertThat(upstream.live()).hasToString("[a, c]");
    }

    @Test
    void usesAllAgainWhenTheLastHealthyOneIsGone() {
        upstream.discovered(Instances.uris("a", "b"));
        ready(0);
        upstream.unready(member(0), "answered 503");
        assertThat(upstream.live()).hasToString("[a, b]");
        assertThat(member(0).health()).isEqualTo(new Health.Unhealthy("answered 503"));
    }

    @Test
    void takesAnInstanceOutWhenACallerCannotConnect() {
        upstream.discovered(Instances.uris("a", "b"));
        ready(0);
        ready(1);
        fail(1, Failure.UNREACHABLE, "connection refused");
        assertThat(upstream.live()).hasToString("[a]");
    }

    @Test
    void keepsAnInstanceInWhenOneRequestFails() {
        upstream.discovered(Instances.uris("a", "b"));
        ready(0);
        ready(1);
        fail(1, Failure.UNANSWERED, "connection closed");
        fail(1, Failure.NOT_SENT, "stale connection");
        fail(1, Failure.REFUSED, "answered 503");
        assertThat(upstream.live()).hasToString("[a, b]");
    }

    @Test
    void countsFailuresByTheirKind() {
        upstream.discovered(Instances.uris("a"));
        fail(0, Failure.REFUSED, "answered 503");
        fail(0, Failure.REFUSED, "answered 503");
        assertThat(member(0).failures(Failure.REFUSED)).isEqualTo(2);
        assertThat(member(0).failures(Failure.UNREACHABLE)).isZero();
    }

    @Test
    void doesNotBelieveAProbeThatBeganBeforeAConnectionFailed() {
        upstream.discovered(Instances.uris("a"));
        long probeStart = System.nanoTime();
        fail(0, Failure.UNREACHABLE, "connection refused");
        upstream.ready(member(0), probeStart - 1);
        assertThat(member(0).healthy()).isFalse();
        ready(0);
        assertThat(member(0).healthy()).isTrue();
    }

    @Test
    void tellsEachTurnOnce() {
        upstream.discovered(Instances.uris("a"));
        ready(0);
        ready(0);
        upstream.unready(member(0), "no answer within 1 s");
        upstream.unready(member(0), "answered 503");
        ready(0);
        assertThat(turns).containsExactly("app a true", "app a false", "app a true");
    }

    @Test
    void tellsWhenTheFirstProbeFails() {
        upstream.discovered(Instances.uris("a"));
        upstream.unready(member(0), "connection refused");
        upstream.unready(member(0), "connection refused");
        assertThat(turns).containsExactly("app a false");
    }

    @Test
    void keepsWhatItKnowsOfInstancesThatStay() {
        upstream.discovered(Instances.uris("a", "b"));
        ready(1);
        Instance b = member(1);
        upstream.discovered(Instances.uris("b", "c", "c"));
        assertThat(upstream.members()).hasToString("[b, c]").first().isSameAs(b);
        assertThat(upstream.live()).containsExactly(b);
    }

    @Test
    void keepsTheLastListWhenDiscoveryFindsNothing() {
        upstream.discovered(Instances.uris("a"));
        upstream.discovered(List.of());
        assertThat(upstream.members()).hasToString("[a]");
    }

    @Test
    void picksByItsStrategy() {
        upstream.discovered(Instances.uris("a", "b"));
        assertThat(List.of(upstream.pick(RequestKey.NONE), upstream.pick(RequestKey.NONE)))
                .hasToString("[a, b]");
    }

    @Test
    void cannotPickFromNothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> upstream.pick(RequestKey.NONE))
                .withMessage("No instance of app is known");
    }

    private void fail(int index, Failure failure, String why) {
        upstream.begin(member(index)).failed(failure, why);
    }

    private Instance member(int index) {
        return upstream.members().get(index);
    }

    private void ready(int index) {
        upstream.ready(member(index), System.nanoTime());
    }
}
