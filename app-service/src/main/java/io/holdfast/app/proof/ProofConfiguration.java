package io.holdfast.app.proof;

import io.holdfast.app.content.BodyReader;
import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.storage.api.RecordStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReceiptProperties.class)
class ProofConfiguration {
    @Bean
    Receipts receipts(ReceiptProperties properties, InternalCredential credential) {
        String own = properties.secret();
        return new Receipts(own == null ? credential.credential() : own);
    }

    @Bean
    ReceiptController receiptController(
            RecordStore store, Receipts receipts, BodyReader bodies, ReceiptProperties properties) {
        return new ReceiptController(store, receipts, bodies, properties);
    }
}
