package io.holdfast.storage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Runs the background tasks that features register. Each has a thread of its own, so that a sweep that
/// waits does not keep the watch from looking.
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class BackgroundConfiguration {
    private static final int TASKS = 3;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(TASKS);
        scheduler.setThreadNamePrefix("background-");
        scheduler.setDaemon(true);
        return scheduler;
    }
}
