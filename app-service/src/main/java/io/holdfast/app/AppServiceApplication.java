package io.holdfast.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;

/// Starts an app service. Each feature's configuration is found by scanning; their beans are not.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(Configuration.class))
public class AppServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(AppServiceApplication.class, arguments);
    }
}
