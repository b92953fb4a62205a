package io.holdfast.app.lookup;

import io.holdfast.app.admission.Streams;
import io.holdfast.app.content.BodyReader;
import io.holdfast.storage.api.RecordStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LookupProperties.class)
class LookupConfiguration {
    @Bean
    LookupController lookupController(
            RecordStore store, BodyReader bodies, Streams streams, LookupProperties properties) {
        return new LookupController(store, bodies, streams, properties);
    }
}
