package io.holdfast.gateway.authentication;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiKeysProperties.class)
class AuthenticationConfiguration {
    @Bean
    ApiKeyFilter apiKeyFilter(ApiKeysProperties properties) {
        return new ApiKeyFilter(new ApiKeys(properties.apiKeys()));
    }
}
