package io.holdfast.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.authentication.ApiKeysProperties.ApiKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ApiKeysPropertiesTest {
    private static final String HASH = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";

    private final ApplicationContextRunner contexts = new ApplicationContextRunner().withUserConfiguration(Keys.class);

    @Test
    void aKeyPermitsEverythingByDefault() {
        contexts.withPropertyValues("holdfast.gateway.api-keys.default.sha256=" + HASH)
                .run(context -> assertThat(context.getBean(ApiKeysProperties.class))
                        .isEqualTo(new ApiKeysProperties(
                                Map.of("default", new ApiKey(HASH, Set.of(Permission.READ, Permission.WRITE))))));
    }

    @Test
    void bindsEveryProperty() {
        contexts.withPropertyValues(
                        "holdfast.gateway.api-keys.[team.a_1].sha256=" + HASH,
                        "holdfast.gateway.api-keys.[team.a_1].permissions=read")
                .run(context -> assertThat(
                                context.getBean(ApiKeysProperties.class).apiKeys())
                        .isEqualTo(Map.of("team.a_1", new ApiKey(HASH, Set.of(Permission.READ)))));
    }

    @Test
    void saysWhatToDoWithoutAnyKey() {
        contexts.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("No API key is configured")
                .hasMessageContaining("holdfast.gateway.api-keys.<name>.sha256"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default.sha256=abc",
                "default.sha256=",
                "default.permissions=read",
                "[no spaces].sha256=" + HASH,
                "default.permissions=",
                "default.permissions=admin",
            })
    void refusesWhatMakesNoSense(String property) {
        contexts.withPropertyValues(
                        property.startsWith("default.permissions=") && !property.endsWith("read")
                                ? "holdfast.gateway.api-keys.default.sha256=" + HASH
                                : "unrelated=",
                        "holdfast.gateway.api-keys." + property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ApiKeysProperties.class)
    static class Keys {}
}
