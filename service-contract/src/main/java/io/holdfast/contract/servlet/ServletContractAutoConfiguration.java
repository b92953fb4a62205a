package io.holdfast.contract.servlet;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.contract.trace.TracingAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/// Puts the contract in front of every servlet service of the platform.
@AutoConfiguration(after = TracingAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(InternalCredential.class)
public class ServletContractAutoConfiguration {
    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<ContractFilter> contractFilter(
            InternalCredential credential, ProblemWriter problems, Tracing tracing, MeterRegistry meters) {
        FilterRegistrationBean<ContractFilter> registration = new FilterRegistrationBean<>(
                new ContractFilter(credential, problems, tracing, new RequestTimes(meters)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    ProblemAdvice problemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    BegunAnswers begunAnswers() {
        return new BegunAnswers();
    }
}
