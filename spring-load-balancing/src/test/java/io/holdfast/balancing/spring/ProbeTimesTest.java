package io.holdfast.balancing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.RetryRule;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// With an interval of 1000, which stands for 1000 ns.
class ProbeTimesTest {
    private final ProbeTimes times = new ProbeTimes(1000, () -> new Random(1));
    private final Upstream upstream = new Upstream(
            "app-service",
            Strategy.ROUND_ROBIN,
            UpstreamRules.of(new RetryRule(3, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(300))),
            (_, _) -> {});

    private Instance instance() {
        upstream.discovered(List.of(URI.create("http://127.0.0.1:8081")));
        return upstream.members().getFirst();
    }

    @Test
    void probesANewInstanceAtOnceAndOnlyOnceAtATime() {
        Instance instance = instance();
        assertThat(times.take(instance, 0)).isTrue();
        assertThat(times.take(instance, 5000)).isFalse();
    }

    @Test
    void probesAHealthyInstanceOnceInAnInterval() {
        Instance instance = instance();
        times.take(instance, 0);
        upstream.ready(instance, System.nanoTime());
        times.done(instance);
        assertThat(times.take(instance, 890)).isFalse();
        assertThat(times.take(instance, 1110)).isTrue();
    }

    @Test
    void probesAnUnhealthyInstanceFourTimesInAnInterval() {
        Instance instance = instance();
        times.take(instance, 0);
        times.done(instance);
        assertThat(times.take(instance, 220)).isFalse();
        assertThat(times.take(instance, 280)).isTrue();
    }

    @Test
    void forgetsAnInstanceThatIsGone() {
        Instance instance = instance();
        times.take(instance, 0);
        upstream.discovered(List.of(URI.create("http://127.0.0.1:8082")));
        times.retain(List.of(upstream));
        assertThat(times.take(instance, 1)).isTrue();
    }
}
