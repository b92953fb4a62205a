package io.holdfast.app.collection;

import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.storage.api.RecordStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CollectionConfiguration {
    @Bean
    CollectionController collectionController(RecordStore store, Idempotency idempotency) {
        return new CollectionController(store, idempotency);
    }
}
