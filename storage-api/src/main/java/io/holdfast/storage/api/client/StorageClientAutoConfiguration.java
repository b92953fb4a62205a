package io.holdfast.storage.api.client;

import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.ConditionalOnUpstream;
import io.holdfast.balancing.spring.LoadBalancingAutoConfiguration;
import io.holdfast.balancing.spring.LoadBalancingHealthIndicator;
import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.contract.trace.TracingAutoConfiguration;
import io.holdfast.storage.api.RecordStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// Gives an application the record store, where it knows the instances of `storage-service`.
@AutoConfiguration(after = {LoadBalancingAutoConfiguration.class, TracingAutoConfiguration.class})
@ConditionalOnUpstream(StorageClientAutoConfiguration.SERVICE)
@EnableConfigurationProperties({StorageClientProperties.class, InternalCredential.class})
public class StorageClientAutoConfiguration {
    static final String SERVICE = "storage-service";

    @Bean(destroyMethod = "close")
    StorageConnection storageConnection(
            StorageClientProperties limits, InternalCredential credential, Upstreams upstreams, Tracing tracing) {
        Upstream storages = storages(upstreams);
        return new StorageConnection(
                limits,
                credential,
                (instance, headers) -> upstreams.headers().read(storages, instance, headers::get),
                tracing);
    }

    @Bean
    @ConditionalOnMissingBean
    RecordStore recordStore(
            Upstreams upstreams, StorageConnection connection, StorageClientProperties limits, MeterRegistry registry) {
        CallMetrics metrics = new CallMetrics(registry);
        StorageCalls calls = new StorageCalls(storages(upstreams), connection, metrics);
        BatchedRecordStore store = new BatchedRecordStore(new HttpRecordStore(calls, metrics), calls, limits);
        Gauge.builder("holdfast.storage.client.waiting", store, BatchedRecordStore::waiting)
                .description("Operations that wait for a call to end")
                .register(registry);
        return store;
    }

    /// The contributor `storage`: up while a storage service is ready, as the probes found it. It
    /// asks nobody itself.
    @Bean
    LoadBalancingHealthIndicator storageHealthIndicator(Upstreams upstreams) {
        return new LoadBalancingHealthIndicator(List.of(storages(upstreams)));
    }

    private static Upstream storages(Upstreams upstreams) {
        return upstreams.find(SERVICE).orElseThrow();
    }
}
