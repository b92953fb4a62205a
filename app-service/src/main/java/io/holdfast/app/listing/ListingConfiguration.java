package io.holdfast.app.listing;

import io.holdfast.app.admission.Streams;
import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.storage.api.RecordStore;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ListingProperties.class)
class ListingConfiguration {
    @Bean
    Cursors cursors(InternalCredential credential) {
        return new Cursors(credential);
    }

    @Bean
    PageWriter pageWriter(RecordStore store, Cursors cursors, ListingProperties properties) {
        return new PageWriter(store, cursors, properties);
    }

    @Bean
    Export export(RecordStore store, ListingProperties properties, RandomGenerator random) {
        return new Export(store, properties, random);
    }

    @Bean
    ListingController listingController(
            RecordStore store,
            PageWriter pages,
            Export export,
            Cursors cursors,
            Streams streams,
            ListingProperties properties) {
        return new ListingController(store, pages, export, cursors, streams, properties);
    }
}
