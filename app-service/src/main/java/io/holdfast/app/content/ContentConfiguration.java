package io.holdfast.app.content;

import io.holdfast.app.admission.MemoryBudget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ContentConfiguration {
    @Bean
    BodyReader bodyReader(MemoryBudget memory) {
        return new BodyReader(memory);
    }
}
