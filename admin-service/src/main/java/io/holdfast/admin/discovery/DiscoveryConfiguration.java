package io.holdfast.admin.discovery;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchedProperties.class)
class DiscoveryConfiguration {
    @Bean
    DiscoveryClient listedInstances(WatchedProperties watched) {
        return new ListedInstances(watched);
    }

    @Bean
    Rounds rounds(ApplicationEventPublisher events) {
        return new Rounds(events);
    }

    /// Has Spring Boot Admin look for instances again and again, as a registry's heartbeat would.
    static final class Rounds {
        private final ApplicationEventPublisher events;
        private final AtomicLong round = new AtomicLong();

        Rounds(ApplicationEventPublisher events) {
            this.events = events;
        }

        @Scheduled(fixedDelay = 5_000)
        void next() {
            events.publishEvent(new HeartbeatEvent(this, round.incrementAndGet()));
        }
    }
}
