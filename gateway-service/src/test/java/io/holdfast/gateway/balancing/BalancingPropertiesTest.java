package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.RetryRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class BalancingPropertiesTest {
    private static final String ROUTE = "holdfast.gateway.balancing.routes.api.";

    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void leavesRoutesAsTheirServiceIs() {
        context.run(started -> {
            RoutePolicy policy = started.getBean(BalancingProperties.class).of("api");
            assertThat(policy).isEqualTo(new RoutePolicy(null, null, false, null, false));
            assertThat(policy.retry(RetryRule.DEFAULT)).isEqualTo(RetryRule.DEFAULT);
        });
    }

    @Test
    void bindsEverything() {
        context.withPropertyValues(
                        ROUTE + "attempts=2",
                        ROUTE + "attempt-timeout=700ms",
                        ROUTE + "hedge=true",
                        ROUTE + "key=header:X-User",
                        ROUTE + "operation-ids=true")
                .run(started -> {
                    RoutePolicy policy =
                            started.getBean(BalancingProperties.class).of("api");
                    assertThat(policy)
                            .isEqualTo(new RoutePolicy(
                                    2, Duration.ofMillis(700), true, new KeySource.Header("X-User"), true));
                    assertThat(policy.retry(RetryRule.DEFAULT))
                            .isEqualTo(new RetryRule(
                                    2,
                                    RetryRule.DEFAULT.patience(),
                                    RetryRule.DEFAULT.pause(),
                                    Duration.ofMillis(700)));
                });
    }

    @ParameterizedTest
    @CsvSource({"attempts, 0", "attempts, 11", "attempt-timeout, 0", "key, user", "key, header:", "key, path:x"})
    void refusesWhatMakesNoSense(String property, String value) {
        context.withPropertyValues(ROUTE + property + "=" + value)
                .run(started -> assertThat(started).hasFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "header:X-User", "cookie:session"})
    void findsKeys(String source) {
        KeySource key = KeySource.valueOf(source);
        assertThat(key.of(request("/a", "anna")))
                .isNotEqualTo(RequestKey.NONE)
                .isEqualTo(key.of(request("/a", "anna")));
        assertThat(key.of(request("/a", "anna"))).isNotEqualTo(key.of(request("/b", "bert")));
    }

    @Test
    void hasNoKeyWhereTheRequestHasNone() {
        MockServerHttpRequest bare = MockServerHttpRequest.get("/").build();
        assertThat(KeySource.valueOf("header:X-User").of(bare)).isEqualTo(RequestKey.NONE);
        assertThat(KeySource.valueOf("cookie:session").of(bare)).isEqualTo(RequestKey.NONE);
    }

    private static MockServerHttpRequest request(String path, String user) {
        return MockServerHttpRequest.get(path)
                .header("X-User", user)
                .cookie(new HttpCookie("session", user))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(BalancingProperties.class)
    static class Bound {}
}
