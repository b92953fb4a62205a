package io.holdfast.app.address;

import io.holdfast.contract.servlet.ProblemWriter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class AddressConfiguration {
    /// Behind the contract's filter, so that its problems carry a request id.
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 30;

    @Bean
    FilterRegistrationBean<LiteralPathFilter> literalPathFilter(ProblemWriter problems) {
        FilterRegistrationBean<LiteralPathFilter> registration =
                new FilterRegistrationBean<>(new LiteralPathFilter(problems));
        registration.setOrder(ORDER);
        return registration;
    }
}
