package io.holdfast.balancing.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import reactor.core.publisher.Mono;

class LoadBalancingAutoConfigurationTest {
    private static final String FAST = "holdfast.load-balancing.probe.interval=20ms";

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LoadBalancingAutoConfiguration.class, LoadBalancerAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @Test
    void isNotThereWhereNoServiceIsCalled() {
        context.run(started -> assertThat(started)
                .doesNotHaveBean(Upstreams.class)
                .doesNotHaveBean(LoadBalancingHealthIndicator.class));
    }

    @Test
    void knowsTheConfiguredServices() {
        context.withPropertyValues(instances("app-service", "http://127.0.0.1:1"))
                .run(started -> {
                    Upstreams upstreams = started.getBean(Upstreams.class);
                    assertThat(upstreams.find("app-service"))
                            .hasValueSatisfying(
                                    upstream -> assertThat(upstream.members()).hasToString("[127.0.0.1:1]"));
                    assertThat(upstreams.find("storage-service")).isEmpty();
                });
    }

    @Test
    void reportsWhichInstancesAreUnhealthyAndWhy() {
        try (Origin origin = new Origin()) {
            context.withPropertyValues(FAST, instances("app-service", origin.uri() + ",http://127.0.0.1:1"))
                    .run(started -> {
                        LoadBalancingHealthIndicator indicator = started.getBean(LoadBalancingHealthIndicator.class);
                        await().untilAsserted(() -> assertThat(indicator.health())
                                .isEqualTo(Health.up()
                                        .withDetail(
                                                "app-service",
                                                Map.of(
                                                        "127.0.0.1:" + origin.port(),
                                                        "healthy",
                                                        "127.0.0.1:1",
                                                        "unhealthy: connection refused"))
                                        .build()));
                        origin.answers(503);
                        await().untilAsserted(() ->
                                assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN));
                    });
        }
    }

    @Test
    void showsTheHealthOfEachInstanceAsAMetric() {
        try (Origin origin = new Origin()) {
            context.withPropertyValues(FAST, instances("app-service", origin.uri() + ",http://127.0.0.1:1"))
                    .run(started -> {
                        MeterRegistry registry = new SimpleMeterRegistry();
                        started.getBean(UpstreamMetrics.class).bindTo(registry);
                        await().untilAsserted(() -> assertThat(healthy(registry, "127.0.0.1:" + origin.port()))
                                .isEqualTo(1));
                        assertThat(healthy(registry, "127.0.0.1:1")).isZero();
                        assertThat(registry.get("holdfast.loadbalancer.instance.failures")
                                        .tags("instance", "127.0.0.1:1", "failure", "not-sent")
                                        .functionCounter()
                                        .count())
                                .isZero();
                    });
        }
    }

    @Test
    void metersFollowTheMembers() {
        context.withPropertyValues(instances("app-service", "http://127.0.0.1:1"))
                .run(started -> {
                    MeterRegistry registry = new SimpleMeterRegistry();
                    started.getBean(UpstreamMetrics.class).bindTo(registry);
                    Upstream upstream =
                            started.getBean(Upstreams.class).find("app-service").orElseThrow();
                    upstream.discovered(List.of(URI.create("http://127.0.0.1:2"), URI.create("http://127.0.0.1:1")));
                    assertThat(healthy(registry, "127.0.0.1:2")).isZero();
                    upstream.discovered(List.of(URI.create("http://127.0.0.1:2")));
                    assertThat(registry.getMeters())
                            .isNotEmpty()
                            .allSatisfy(meter ->
                                    assertThat(meter.getId().getTag("instance")).isEqualTo("127.0.0.1:2"));
                    upstream.discovered(List.of(URI.create("http://127.0.0.1:1")));
                    assertThat(registry.getMeters())
                            .isNotEmpty()
                            .allSatisfy(meter ->
                                    assertThat(meter.getId().getTag("instance")).isEqualTo("127.0.0.1:1"));
                });
    }

    @Test
    void picksForSpringCloudFromTheHealthyInstances() {
        try (Origin origin = new Origin()) {
            context.withPropertyValues(FAST, instances("app-service", "http://127.0.0.1:1," + origin.uri()))
                    .run(started -> {
                        Upstream upstream = started.getBean(Upstreams.class)
                                .find("app-service")
                                .orElseThrow();
                        await().until(upstream::healthy);
                        assertThat(IntStream.range(0, 4).mapToObj(_ -> chosen(started, "app-service")))
                                .extracting(ServiceInstance::getUri)
                                .containsOnly(origin.uri());
                    });
        }
    }

    @Test
    void leavesOtherServicesToSpringCloud() {
        context.withPropertyValues(instances("app-service", "http://127.0.0.1:1"))
                .run(started -> assertThat(started.getBean(LoadBalancerClientFactory.class)
                                .getInstance("other", ReactorServiceInstanceLoadBalancer.class))
                        .isInstanceOf(RoundRobinLoadBalancer.class));
    }

    private static ServiceInstance chosen(AssertableApplicationContext started, String service) {
        return requireNonNull(Mono.from(started.getBean(LoadBalancerClientFactory.class)
                        .getInstance(service)
                        .choose())
                .blockOptional()
                .orElseThrow()
                .getServer());
    }

    private static double healthy(MeterRegistry registry, String instance) {
        return registry.get("holdfast.loadbalancer.instance.healthy")
                .tags("service", "app-service", "instance", instance)
                .gauge()
                .value();
    }

    private static String instances(String service, String uris) {
        return "holdfast.load-balancing.services." + service + ".instances=" + uris;
    }
}
