package io.holdfast.app.document;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocumentsProperties.class)
class DocumentConfiguration {
    @Bean
    DocumentRules documentRules(DocumentsProperties properties) {
        return new DocumentRules(properties);
    }
}
