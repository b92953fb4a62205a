package io.holdfast.storage.api.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

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
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
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
    private static final Duration TICK = Duration.ofMillis(100);

    /// Ends what takes too long. It is accurate to its tick, as time limits here are in the range of seconds.
    @Bean(destroyMethod = "stop")
    Timer storageTimer() {
        return new HashedWheelTimer(new DefaultThreadFactory("storage-timer", true), TICK.toMillis(), MILLISECONDS);
    }

    @Bean(destroyMethod = "close")
    StorageConnection storageConnection(
            StorageClientProperties limits,
            InternalCredential credential,
            Upstreams upstreams,
            Tracing tracing,
            Timer storageTimer) {
        Upstream storages = storages(upstreams);
        return new StorageConnection(
                limits,
                credential,
                (instance, headers) -> upstreams.headers().read(storages, instance, headers::get),
                tracing,
                storageTimer);
    }

    @Bean
    @ConditionalOnMissingBean
    RecordStore recordStore(
            Upstreams upstreams,
            StorageConnection connection,
            StorageClientProperties limits,
            MeterRegistry registry,
            Timer storageTimer) {
        CallMetrics metrics = new CallMetrics(registry);
        StorageCalls calls = new StorageCalls(storages(upstreams), connection, metrics);
        BatchedRecordStore store =
                new BatchedRecordStore(new HttpRecordStore(calls, metrics), calls, storageTimer, limits);
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
