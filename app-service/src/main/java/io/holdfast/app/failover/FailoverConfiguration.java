package io.holdfast.app.failover;

import io.holdfast.storage.api.RecordStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FailoverConfiguration {
    @Bean
    FailoverController failoverController(RecordStore store) {
        return new FailoverController(store);
    }
}
