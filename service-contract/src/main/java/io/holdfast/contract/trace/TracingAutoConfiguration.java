package io.holdfast.contract.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// Gives every service its tracing. Nothing of the export is loaded unless an endpoint is set.
@AutoConfiguration
@EnableConfigurationProperties(TracingProperties.class)
public class TracingAutoConfiguration {
    @Bean(destroyMethod = "close")
    Tracing tracing(TracingProperties properties, Environment environment, MeterRegistry meters) {
        URI endpoint = properties.endpoint();
        if (endpoint == null || endpoint.toString().isEmpty()) {
            return Tracing.idsOnly();
        }
        return Export.to(endpoint, properties, environment.getProperty("spring.application.name", "holdfast"), meters);
    }

    /// A class of its own, so that the exporter's classes are loaded only where they are used.
    private static final class Export {
        static Tracing to(URI endpoint, TracingProperties properties, String service, MeterRegistry meters) {
            OtlpHttpSpanExporter spans = OtlpHttpSpanExporter.builder()
                    .setEndpoint(endpoint.toString())
                    .setTimeout(properties.timeout())
                    .build();
            return new Tracing(SdkTracerProvider.builder()
                    .setResource(resource(service))
                    .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.sampled())))
                    .addSpanProcessor(BatchSpanProcessor.builder(new CountedExporter(spans, meters))
                            .setMaxQueueSize(properties.maxWaiting())
                            .setScheduleDelay(properties.interval())
                            .setExporterTimeout(properties.timeout())
                            .build()));
        }

        private static Resource resource(String service) {
            return Resource.getDefault()
                    .merge(Resource.create(Attributes.of(
                            AttributeKey.stringKey("service.name"),
                            service,
                            AttributeKey.stringKey("service.instance.id"),
                            UUID.randomUUID().toString())));
        }
    }
}
