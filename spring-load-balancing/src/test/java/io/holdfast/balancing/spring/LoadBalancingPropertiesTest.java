package io.holdfast.balancing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.RetryRule;
import io.holdfast.balancing.spring.LoadBalancingProperties.Probe;
import io.holdfast.balancing.spring.LoadBalancingProperties.Retry;
import io.holdfast.balancing.spring.LoadBalancingProperties.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class LoadBalancingPropertiesTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void needsOnlyTheInstances() {
        context.withPropertyValues(
                        "holdfast.load-balancing.services.app-service.instances=http://127.0.0.1:8081, https://app:8082")
                .run(started -> assertThat(started.getBean(LoadBalancingProperties.class))
                        .isEqualTo(new LoadBalancingProperties(
                                Map.of(
                                        "app-service",
                                        new Service(
                                                List.of(
                                                        URI.create("http://127.0.0.1:8081"),
                                                        URI.create("https://app:8082")),
                                                "round-robin",
                                                new Retry(
                                                        3,
                                                        Duration.ofSeconds(8),
                                                        Duration.ofMillis(50),
                                                        Duration.ofSeconds(3)))),
                                new Probe("/readyz", Duration.ofSeconds(1), Duration.ofSeconds(1)))));
    }

    @Test
    void bindsEveryProperty() {
        context.withPropertyValues(
                        "holdfast.load-balancing.probe.path=/up",
                        "holdfast.load-balancing.probe.interval=2s",
                        "holdfast.load-balancing.probe.timeout=300ms",
                        "holdfast.load-balancing.services.a.instances[0]=http://a:1",
                        "holdfast.load-balancing.services.a.strategy=round-robin",
                        "holdfast.load-balancing.services.a.retry.attempts=2",
                        "holdfast.load-balancing.services.a.retry.patience=0",
                        "holdfast.load-balancing.services.a.retry.pause=20ms",
                        "holdfast.load-balancing.services.a.retry.attempt-timeout=1s")
                .run(started -> assertThat(started.getBean(LoadBalancingProperties.class))
                        .isEqualTo(new LoadBalancingProperties(
                                Map.of(
                                        "a",
                                        new Service(
                                                List.of(URI.create("http://a:1")),
                                                "round-robin",
                                                new Retry(
                                                        2,
                                                        Duration.ZERO,
                                                        Duration.ofMillis(20),
                                                        Duration.ofSeconds(1)))),
                                new Probe("/up", Duration.ofSeconds(2), Duration.ofMillis(300)))));
    }

    @Test
    void makesTheRuleThatTheBalancerFollows() {
        Retry retry = new Retry(2, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(700));
        assertThat(retry.rule())
                .isEqualTo(new RetryRule(2, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(700)));
    }

    @Test
    void namesTheStrategiesThereAre() {
        context.withPropertyValues(
                        "holdfast.load-balancing.services.a.instances=http://a:1",
                        "holdfast.load-balancing.services.a.strategy=fastest")
                .run(started -> assertThat(started)
                        .getFailure()
                        .hasRootCauseMessage(
                                "There is no load-balancing strategy 'fastest'. Use one of: round-robin."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "ftp://a:1", "http://a:1/path", "http://a:1/", "http://a:1?q", "http://u@a:1", "/"})
    void refusesWhatIsNoBaseUri(String instance) {
        context.withPropertyValues("holdfast.load-balancing.services.a.instances=" + instance)
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("'%s' is no base URI of an instance", instance));
    }

    @ParameterizedTest
    @CsvSource({
        "services.a.instances, ''",
        "services.a.retry.attempts, 0",
        "services.a.retry.attempts, 11",
        "services.a.retry.patience, -1s",
        "services.a.retry.pause, 0",
        "services.a.retry.attempt-timeout, 0",
        "probe.path, readyz",
        "probe.interval, 9ms",
        "probe.timeout, 0"
    })
    void refusesValuesOutOfRange(String property, String value) {
        context.withPropertyValues(
                        "holdfast.load-balancing.services.a.instances=http://a:1",
                        "holdfast.load-balancing." + property + "=" + value)
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(LoadBalancingProperties.class)
    static class Bound {}
}
