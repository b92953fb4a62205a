package io.holdfast.balancing.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.RetryRule;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import io.holdfast.balancing.spring.LoadBalancingProperties.Probe;
import io.holdfast.balancing.spring.LoadBalancingProperties.Retry;
import io.holdfast.balancing.spring.LoadBalancingProperties.Service;
import io.holdfast.balancing.spring.discovery.AddressRecord;
import io.holdfast.balancing.spring.discovery.DnsName;
import io.holdfast.balancing.spring.discovery.NameServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                .run(started -> {
                    LoadBalancingProperties properties = started.getBean(LoadBalancingProperties.class);
                    assertThat(properties.probe())
                            .isEqualTo(new Probe("/readyz", Duration.ofSeconds(1), Duration.ofSeconds(1), 64));
                    Service service = requireNonNull(properties.services().get("app-service"));
                    assertThat(service.usedStrategy()).isEqualTo(Strategy.DEFAULT);
                    assertThat(service.rules()).isEqualTo(UpstreamRules.DEFAULT);
                    assertThat(service.weighted())
                            .isEqualTo(Map.of(
                                    URI.create("http://127.0.0.1:8081"), 1.0, URI.create("https://app:8082"), 1.0));
                });
    }

    @Test
    void bindsEveryProperty() {
        context.withPropertyValues(
                        "holdfast.load-balancing.probe.path=/up",
                        "holdfast.load-balancing.probe.interval=2s",
                        "holdfast.load-balancing.probe.timeout=300ms",
                        "holdfast.load-balancing.probe.concurrency=5",
                        "holdfast.load-balancing.services.a.instances[0]=http://a:1",
                        "holdfast.load-balancing.services.a.weights[0]=2.5",
                        "holdfast.load-balancing.services.a.strategy=round-robin",
                        "holdfast.load-balancing.services.a.retry.attempts=2",
                        "holdfast.load-balancing.services.a.retry.patience=0",
                        "holdfast.load-balancing.services.a.retry.pause=20ms",
                        "holdfast.load-balancing.services.a.retry.attempt-timeout=1s",
                        "holdfast.load-balancing.services.a.budget.share=0.2",
                        "holdfast.load-balancing.services.a.budget.per-second=3",
                        "holdfast.load-balancing.services.a.budget.reserve=4",
                        "holdfast.load-balancing.services.a.hedging.quantile=0.9",
                        "holdfast.load-balancing.services.a.hedging.share=0.05",
                        "holdfast.load-balancing.services.a.hedging.shortest=5ms",
                        "holdfast.load-balancing.services.a.ejection.consecutive-failures=6",
                        "holdfast.load-balancing.services.a.ejection.failure-share=0.4",
                        "holdfast.load-balancing.services.a.ejection.times-slower=7",
                        "holdfast.load-balancing.services.a.ejection.stalled=600ms",
                        "holdfast.load-balancing.services.a.ejection.minimum-requests=21",
                        "holdfast.load-balancing.services.a.ejection.base=2s",
                        "holdfast.load-balancing.services.a.ejection.longest=40s",
                        "holdfast.load-balancing.services.a.ejection.most-ejected=0.6",
                        "holdfast.load-balancing.services.a.ejection.most-slow=0.2",
                        "holdfast.load-balancing.services.a.ejection.most-peer-load=0.8",
                        "holdfast.load-balancing.services.a.ejection.panic-below=0.1",
                        "holdfast.load-balancing.services.a.slow-start=3s")
                .run(started -> {
                    LoadBalancingProperties properties = started.getBean(LoadBalancingProperties.class);
                    assertThat(properties.probe())
                            .isEqualTo(new Probe("/up", Duration.ofSeconds(2), Duration.ofMillis(300), 5));
                    Service service = requireNonNull(properties.services().get("a"));
                    assertThat(service.usedStrategy()).isEqualTo(Strategy.ROUND_ROBIN);
                    assertThat(service.weighted()).isEqualTo(Map.of(URI.create("http://a:1"), 2.5));
                    assertThat(service.rules())
                            .isEqualTo(new UpstreamRules(
                                    new RetryRule(2, Duration.ZERO, Duration.ofMillis(20), Duration.ofSeconds(1)),
                                    new BudgetRule(0.2, 3, 4),
                                    new HedgingRule(0.9, 0.05, Duration.ofMillis(5)),
                                    new EjectionRule(
                                            6,
                                            0.4,
                                            7,
                                            Duration.ofMillis(600),
                                            21,
                                            Duration.ofSeconds(2),
                                            Duration.ofSeconds(40),
                                            0.6,
                                            0.2,
                                            0.8,
                                            0.1),
                                    Duration.ofSeconds(3)));
                });
    }

    @Test
    void bindsANameInTheDns() {
        context.withPropertyValues(
                        "holdfast.load-balancing.services.a.dns.name=app.test",
                        "holdfast.load-balancing.services.a.dns.port=8081",
                        "holdfast.load-balancing.services.b.dns.name=_http._tcp.app.test",
                        "holdfast.load-balancing.services.b.dns.type=srv",
                        "holdfast.load-balancing.services.b.dns.scheme=https",
                        "holdfast.load-balancing.services.b.dns.servers=127.0.0.1:5353",
                        "holdfast.load-balancing.services.b.dns.refresh=3s",
                        "holdfast.load-balancing.services.b.dns.min-ttl=2s",
                        "holdfast.load-balancing.services.b.dns.timeout=200ms")
                .run(started -> {
                    Map<String, Service> services =
                            started.getBean(LoadBalancingProperties.class).services();
                    assertThat(services.get("a"))
                            .extracting(Service::dns)
                            .isEqualTo(new DnsName(
                                    "app.test",
                                    AddressRecord.A,
                                    8081,
                                    "http",
                                    List.of(),
                                    Duration.ofSeconds(1),
                                    Duration.ofMillis(500),
                                    Duration.ofSeconds(1)));
                    assertThat(services.get("b"))
                            .extracting(Service::dns)
                            .isEqualTo(new DnsName(
                                    "_http._tcp.app.test",
                                    AddressRecord.SRV,
                                    null,
                                    "https",
                                    List.of(NameServer.valueOf("127.0.0.1:5353")),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(2),
                                    Duration.ofMillis(200)));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dns.name=a.test; have no port",
                "dns.name=a.test,dns.port=1,dns.type=srv; bring their ports",
                "dns.name=a.test,dns.port=1,dns.refresh=100ms; is longer than refresh",
                "dns.name=a.test,dns.port=1,dns.servers=dns.test; is no name server",
                "dns.name=a.test,dns.port=1,instances=http://a:1; either instances or a DNS name",
                "strategy=round-robin; either instances or a DNS name",
                "instances=http://a:1,weights[0]=1,weights[1]=2; 2 weights for 1 instances",
                "instances=http://a:1,ejection.panic-below=2; It has to be from 0 to 1",
                "instances=http://a:1,hedging.quantile=NaN; hedging quantile"
            })
    void saysWhatIsWrong(String properties, String message) {
        context.withPropertyValues(Stream.of(properties.split(",", -1))
                        .map(property -> "holdfast.load-balancing.services.a." + property)
                        .toArray(String[]::new))
                .run(started -> {
                    assertThat(started).hasFailed();
                    assertThat(started.getStartupFailure()).rootCause().hasMessageContaining(message);
                });
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
                        .hasRootCauseMessage("There is no load-balancing strategy 'fastest'. Use one of: "
                                + Strategy.known() + "."));
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
        "services.a.budget.share, 1.5",
        "services.a.slow-start, -1s",
        "probe.concurrency, 0",
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
