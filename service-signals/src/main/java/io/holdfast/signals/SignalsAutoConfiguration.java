package io.holdfast.signals;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/// Makes a servlet service tell its load and its leave. Adding this module is enough.
@AutoConfiguration
@ConditionalOnClass(Filter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({LoadReportProperties.class, DrainProperties.class})
public class SignalsAutoConfiguration {
    @Bean
    Drain drain(DrainProperties properties) {
        return new Drain(properties);
    }

    /// Before all filters, so that what these refuse carries the signals as well.
    @Bean
    FilterRegistrationBean<SignalsFilter> signalsFilter(LoadReportProperties properties, Drain drain) {
        LoadReporter reporter = properties.enabled()
                ? new LoadReporter(
                        new JvmLoad(CpuLimit.ofThisProcess()),
                        properties.interval().toNanos(),
                        System::nanoTime)
                : null;
        FilterRegistrationBean<SignalsFilter> registration =
                new FilterRegistrationBean<>(new SignalsFilter(reporter, drain, properties.probePaths()));
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setAsyncSupported(true);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
