package io.holdfast.app.resource;

import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.app.content.BodyReader;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.proof.Receipts;
import io.holdfast.storage.api.RecordStore;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResourceConfiguration {
    @Bean
    DocumentStore documentStore(RecordStore records) {
        return new DocumentStore(records);
    }

    @Bean
    Patches patches(
            DocumentStore store, DocumentRules rules, Idempotency idempotency, Clock clock, RandomGenerator random) {
        return new Patches(store, rules, idempotency, clock, random);
    }

    @Bean
    DocumentController documentController(
            DocumentStore store,
            Patches patches,
            DocumentRules rules,
            BodyReader bodies,
            MemoryBudget memory,
            Idempotency idempotency,
            Receipts receipts) {
        return new DocumentController(store, patches, rules, bodies, memory, idempotency, receipts);
    }
}
