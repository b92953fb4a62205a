package io.holdfast.balancing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Health;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.InstanceState;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.spring.report.InstanceHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProberTest {
    private final Upstream upstream = new Upstream("app", Strategy.ROUND_ROBIN, UpstreamRules.DEFAULT, (_, _) -> {});
    private final HealthProber prober = new HealthProber(
            List.of(upstream),
            new LoadBalancingProperties.Probe("/readyz", Duration.ofMillis(20), Duration.ofMillis(200), 2),
            new InstanceHeaders());

    @AfterEach
    void stop() {
        prober.close();
    }

    @Test
    void findsWhichInstancesAreReady() {
        try (Origin ready = new Origin();
                Origin starting = new Origin()) {
            starting.answers(503);
            watch(ready.uri(), starting.uri());
            await().untilAsserted(() -> assertThat(upstream.members())
                    .extracting(Instance::health)
                    .containsExactly(Health.HEALTHY, new Health.Unhealthy("answered 503")));
            starting.answers(200);
            await().until(() -> upstream.live().size() == 2);
        }
    }

    @Test
    void noticesAnInstanceThatEndsAndComesBack() {
        int port;
        try (Origin origin = new Origin()) {
            port = origin.port();
            watch(origin.uri());
            await().until(upstream::healthy);
        }
        await().untilAsserted(() -> assertThat(upstream.members().getFirst().health())
                .isEqualTo(new Health.Unhealthy("connection refused")));
        try (Origin _ = new Origin(port)) {
            await().until(upstream::healthy);
        }
    }

    @Test
    void givesUpOnSilenceAndNeverAsksTwiceAtOnce() {
        try (Origin origin = new Origin()) {
            origin.answers(Origin.SILENT);
            watch(origin.uri());
            await().untilAsserted(() -> assertThat(upstream.members().getFirst().health())
                    .isEqualTo(new Health.Unhealthy("no answer within its time")));
            // With probes of 200 ms every 20 ms, overlapping ones would have been ten.
            assertThat(origin.requests()).isLessThanOrEqualTo(2);
            origin.answers(200);
            await().until(upstream::healthy);
        }
    }

    @Test
    void followsTheMembers() {
        try (Origin first = new Origin();
                Origin second = new Origin()) {
            watch(first.uri());
            await().until(upstream::healthy);
            upstream.discovered(List.of(second.uri()));
            await().until(upstream::healthy);
        }
    }

    @Test
    void readsReportsAndTheDrainSignalFromProbes() {
        try (Origin origin = new Origin()) {
            origin.says("endpoint-load-metrics", "TEXT cpu_utilization=0.25,rps_fractional=3");
            watch(origin.uri());
            await().untilAsserted(
                            () -> assertThat(upstream.views().getFirst().cpu()).isEqualTo(0.25));
            origin.says("x-envoy-immediate-health-check-fail", "true");
            await().until(() -> upstream.members().getFirst().state() == InstanceState.DRAINING);
            origin.says("x-other", "true");
            await().until(() -> upstream.members().getFirst().state().usable());
        }
    }

    @Test
    void probesAllOfMoreThanItMayAtOnce() {
        List<Origin> origins = IntStream.range(0, 6).mapToObj(_ -> new Origin()).toList();
        try {
            watch(origins.stream().map(Origin::uri).toArray(URI[]::new));
            await().until(() -> upstream.members().stream().allMatch(Instance::healthy));
            origins.getLast().answers(503);
            await().until(() -> !upstream.members().getLast().healthy());
        } finally {
            origins.forEach(Origin::close);
        }
    }

    private void watch(URI... uris) {
        upstream.discovered(List.of(uris));
        prober.start();
    }
}
