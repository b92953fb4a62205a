package io.holdfast.app.description;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DescriptionConfiguration {
    @Bean
    WrittenDescription writtenDescription() {
        return new WrittenDescription();
    }
}
