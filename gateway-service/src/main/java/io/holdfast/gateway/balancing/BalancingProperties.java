package io.holdfast.gateway.balancing;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the requests of a route are balanced, beside what is configured for its service.
 *
 * @param routes by the route's id: api, api-description
 */
@Validated
@ConfigurationProperties("holdfast.gateway.balancing")
record BalancingProperties(@DefaultValue Map<String, @Valid RoutePolicy> routes) {
    RoutePolicy of(String route) {
        return routes.getOrDefault(route, RoutePolicy.DEFAULT);
    }
}
