package io.holdfast.benchmarks.stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// A gateway with the starter's defaults: one route to the service `app`, whose instances are listed in
/// `spring.cloud.discovery.client.simple.instances.app`. No Actuator, so that nothing is observed: with it
/// a request costs more.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StockGateway {
    public static void main(String... arguments) {
        SpringApplication.run(StockGateway.class, arguments);
    }

    @Bean
    RouteLocator routes(RouteLocatorBuilder routes) {
        return routes.routes()
                .route("app", route -> route.path("/**").uri("lb://app"))
                .build();
    }
}
