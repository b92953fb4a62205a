package io.holdfast.app.bulk;

import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.app.admission.Streams;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.storage.api.RecordStore;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BulkProperties.class)
class BulkConfiguration {
    @Bean
    BatchWriter batchWriter(RecordStore store, RandomGenerator random) {
        return new BatchWriter(store, random);
    }

    @Bean
    BulkController bulkController(
            DocumentRules rules,
            BatchWriter writer,
            MemoryBudget memory,
            Streams streams,
            BulkProperties properties,
            Idempotency idempotency) {
        return new BulkController(rules, writer, memory, streams, properties, idempotency);
    }
}
