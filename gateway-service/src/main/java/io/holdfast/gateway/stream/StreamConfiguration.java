package io.holdfast.gateway.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamProperties.class)
class StreamConfiguration {
    @Bean
    OpenStreams openStreams(MeterRegistry meters) {
        OpenStreams streams = new OpenStreams();
        Gauge.builder("holdfast.gateway.streams", streams, OpenStreams::count)
                .description("Event streams and WebSockets that are open")
                .register(meters);
        return streams;
    }

    @Bean
    WebSocketAnswer webSocketAnswer(StreamProperties properties) {
        return new WebSocketAnswer(properties);
    }
}
