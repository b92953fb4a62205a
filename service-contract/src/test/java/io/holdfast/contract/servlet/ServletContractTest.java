package io.holdfast.contract.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.trace.TracingAutoConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class ServletContractTest {
    private final WebApplicationContextRunner service = new WebApplicationContextRunner()
            .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(JsonMapper.class, JsonMapper::new)
            .withConfiguration(
                    AutoConfigurations.of(TracingAutoConfiguration.class, ServletContractAutoConfiguration.class));

    @Test
    void standsInFrontOfAService() {
        service.withPropertyValues("holdfast.internal.credential=0123456789abcdef0123456789abcdef")
                .run(context -> assertThat(context)
                        .hasBean("contractFilter")
                        .hasSingleBean(ProblemAdvice.class)
                        .hasSingleBean(ProblemWriter.class));
    }

    @Test
    void doesNotStartWithoutACredential() {
        service.run(context -> assertThat(context).hasFailed());
        service.withPropertyValues("holdfast.internal.credential=short")
                .run(context -> assertThat(context).hasFailed());
    }
}
