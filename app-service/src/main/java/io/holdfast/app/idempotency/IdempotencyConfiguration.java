package io.holdfast.app.idempotency;

import io.holdfast.contract.request.TimeOrderedIds;
import io.holdfast.storage.api.RecordStore;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdempotencyProperties.class)
class IdempotencyConfiguration {
    @Bean
    Idempotency idempotency(RecordStore records, Clock clock, IdempotencyProperties properties) {
        return new Idempotency(records, new TimeOrderedIds(clock, new SecureRandom()), properties);
    }
}
