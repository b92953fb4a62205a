package io.holdfast.storage.operation;

import io.holdfast.storage.claim.Claims;
import io.holdfast.storage.layout.Layout;
import io.holdfast.storage.lineage.Failovers;
import io.holdfast.storage.lineage.Verification;
import io.holdfast.storage.listing.Count;
import io.holdfast.storage.listing.Listing;
import io.holdfast.storage.namespace.Namespaces;
import io.holdfast.storage.record.Records;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OperationConfiguration {
    @Bean
    OperationExecutor operationExecutor(
            OperationProperties properties,
            Layout layout,
            Records records,
            Listing listing,
            Count count,
            Namespaces namespaces,
            Claims claims,
            Verification verification,
            Failovers failovers) {
        return new OperationExecutor(
                new OperationCheck(properties),
                layout,
                records,
                listing,
                count,
                namespaces,
                claims,
                verification,
                failovers);
    }

    @Bean
    Admission admission(OperationProperties properties) {
        return new Admission(properties);
    }
}
