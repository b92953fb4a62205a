package io.holdfast.gateway.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {
    @Bean
    ProblemJson problemJson(JsonMapper json) {
        return new ProblemJson(json);
    }
}
