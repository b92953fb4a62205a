package io.holdfast.gateway.failure;

import io.holdfast.gateway.problem.ProblemJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FailureConfiguration {
    @Bean
    FailureHandler failureHandler(ProblemJson json) {
        return new FailureHandler(json);
    }
}
