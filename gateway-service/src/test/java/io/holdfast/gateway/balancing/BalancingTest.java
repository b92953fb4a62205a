package io.holdfast.gateway.balancing;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/// A test of the gateway's balancing alone, on a port of its own: [BalancingApplication].
@SpringBootTest(
        classes = BalancingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=balancing-test",
            "spring.main.web-application-type=reactive",
            "spring.cloud.gateway.server.webflux.global-filter.netty-routing.enabled=false",
            "spring.cloud.gateway.server.webflux.global-filter.reactive-load-balancer-client.enabled=false"
        })
@Retention(RUNTIME)
@Target(TYPE)
@interface BalancingTest {}
