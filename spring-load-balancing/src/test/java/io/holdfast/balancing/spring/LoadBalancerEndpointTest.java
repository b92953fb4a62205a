package io.holdfast.balancing.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LoadBalancerEndpointTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LoadBalancingAutoConfiguration.class))
            .withPropertyValues(
                    "holdfast.load-balancing.services.app-service.instances=http://127.0.0.1:1,http://127.0.0.1:2",
                    "holdfast.load-balancing.services.app-service.strategy=round-robin");

    @Test
    void showsAllThatIsKnownOfEachInstance() {
        context.run(started -> {
            LoadBalancerEndpoint endpoint = started.getBean(LoadBalancerEndpoint.class);
            assertThat(endpoint.all())
                    .extractingByKey("services")
                    .asInstanceOf(MAP)
                    .containsOnlyKeys("app-service");
            Map<?, ?> service = (Map<?, ?>) body(endpoint.one("app-service"));
            assertThat(service.get("strategy")).isEqualTo("round-robin");
            assertThat(service.get("instances"))
                    .asInstanceOf(LIST)
                    .hasSize(2)
                    .first()
                    .asInstanceOf(MAP)
                    .containsOnlyKeys(
                            "id",
                            "uri",
                            "state",
                            "weight",
                            "inFlight",
                            "connections",
                            "latencyMillis",
                            "cpu",
                            "memory",
                            "requests",
                            "failures",
                            "ejectedUntil",
                            "why")
                    .containsEntry("id", "127.0.0.1:1")
                    .containsEntry("requests", 0L);
        });
    }

    @Test
    void explainsWithoutPicking() {
        context.run(started -> {
            LoadBalancerEndpoint endpoint = started.getBean(LoadBalancerEndpoint.class);
            Upstream upstream =
                    started.getBean(Upstreams.class).find("app-service").orElseThrow();
            for (Strategy strategy : Strategy.values()) {
                Map<?, ?> explanation =
                        (Map<?, ?>) body(endpoint.view("app-service", "explain", strategy.toString(), 4));
                assertThat(explanation.get("picks")).asInstanceOf(LIST).hasSize(4);
                assertThat(explanation.get("candidates")).asInstanceOf(LIST).hasSize(2);
            }
            assertThat(upstream.views()).allSatisfy(view -> {
                assertThat(view.requests()).isZero();
                assertThat(view.inFlight()).isZero();
            });
        });
    }

    @Test
    void switchesTheStrategy() {
        context.run(started -> {
            LoadBalancerEndpoint endpoint = started.getBean(LoadBalancerEndpoint.class);
            Upstream upstream =
                    started.getBean(Upstreams.class).find("app-service").orElseThrow();
            for (Strategy strategy : Strategy.values()) {
                Map<?, ?> service = (Map<?, ?>) body(endpoint.change("app-service", strategy.toString()));
                assertThat(service.get("strategy")).isEqualTo(strategy.toString());
                assertThat(upstream.strategy()).isEqualTo(strategy);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fastest", "", "ROUND_ROBIN"})
    void refusesAStrategyThatThereIsNot(String strategy) {
        context.run(started -> {
            LoadBalancerEndpoint endpoint = started.getBean(LoadBalancerEndpoint.class);
            for (WebEndpointResponse<?> answer : List.of(
                    endpoint.change("app-service", strategy),
                    endpoint.view("app-service", "explain", strategy, null))) {
                assertProblem(answer, 400, Strategy.known());
            }
        });
    }

    @Test
    void refusesWhatElseMakesNoSense() {
        context.run(started -> {
            LoadBalancerEndpoint endpoint = started.getBean(LoadBalancerEndpoint.class);
            assertProblem(endpoint.change("app-service", null), 400, Strategy.known());
            assertProblem(endpoint.view("app-service", "explain", null, 1001), 400, "0 to 1000");
            assertProblem(endpoint.view("app-service", "explode", null, null), 404, "explain");
            assertProblem(endpoint.one("other"), 404, "app-service");
        });
    }

    private static void assertProblem(WebEndpointResponse<?> answer, int status, String detail) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentType()).hasToString("application/problem+json");
        assertThat(body(answer)).asInstanceOf(MAP).containsEntry("status", status);
        assertThat(String.valueOf(body(answer))).contains(detail);
    }

    private static Object body(WebEndpointResponse<?> answer) {
        return requireNonNull(answer.getBody());
    }
}
