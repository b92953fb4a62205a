package io.holdfast.app.admission;

import io.holdfast.contract.servlet.ProblemWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdmissionProperties.class)
class AdmissionConfiguration {
    /// Behind the contract's filter: who may not come in does not count.
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 20;

    @Bean
    AdmissionFilter admissionFilter(AdmissionProperties properties, ProblemWriter problems) {
        return new AdmissionFilter(properties.requests(), problems);
    }

    @Bean
    FilterRegistrationBean<AdmissionFilter> admissionFilterRegistration(AdmissionFilter filter) {
        FilterRegistrationBean<AdmissionFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    MemoryBudget memoryBudget(AdmissionProperties properties) {
        return new MemoryBudget(properties.memory());
    }

    @Bean
    Streams streams(AdmissionProperties properties) {
        return new Streams(properties.listings(), properties.transfers());
    }

    @Bean
    MeterBinder admissionMetrics(AdmissionFilter requests, Streams streams, MemoryBudget memory) {
        return registry -> {
            Gauge.builder("holdfast.admission.requests.free", requests, AdmissionFilter::free)
                    .description("Requests that could be taken on now")
                    .register(registry);
            for (Streams.Kind kind : Streams.Kind.values()) {
                Gauge.builder("holdfast.admission.streams.free", streams, s -> s.free(kind))
                        .description("Listings, or imports and exports, that could start now")
                        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
            Gauge.builder("holdfast.admission.memory.free", memory, MemoryBudget::freeBytes)
                    .description("Bytes of large documents that could be taken on now")
                    .baseUnit("bytes")
                    .register(registry);
        };
    }
}
