package io.holdfast.gateway.listener;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ListenerProperties.class)
class ListenerConfiguration {
    @Bean
    KeptPort keptPort(
            ListenerProperties properties, ReactorResourceFactory resources, ConfigurableApplicationContext context) {
        return new KeptPort(properties, resources, context);
    }
}
