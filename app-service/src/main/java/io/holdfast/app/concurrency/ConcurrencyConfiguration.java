package io.holdfast.app.concurrency;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConcurrencyConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /// Safe for all threads, and without contention between them.
    @Bean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
