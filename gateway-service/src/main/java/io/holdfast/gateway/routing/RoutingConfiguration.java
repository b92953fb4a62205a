package io.holdfast.gateway.routing;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.request.TimeOrderedIds;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.gateway.authentication.ApiKeyFilter;
import io.holdfast.gateway.balancing.AnswerFilter;
import io.holdfast.gateway.balancing.AttemptTrace;
import io.holdfast.gateway.balancing.ExchangeDeadline;
import io.holdfast.gateway.connection.ClientRequest;
import io.holdfast.gateway.stream.OpenStreams;
import io.holdfast.gateway.stream.StreamProperties;
import io.holdfast.gateway.stream.WebSocketRouting;
import io.netty.channel.ChannelOption;
import io.opentelemetry.api.trace.Span;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// The routes. They are code and not configuration: what the gateway exposes is not for a deployment to
/// decide, and a plain predicate is cheaper than a parsed pattern.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({InternalCredential.class, UpstreamProperties.class})
class RoutingConfiguration {
    private static final String APP = "app-service";

    @Bean
    RouteLocator routes(ApiKeyFilter apiKeys) {
        TargetFilter target = new TargetFilter(APP, new TimeOrderedIds(Clock.systemUTC(), new SecureRandom()));
        Route api = route("api", path -> path.startsWith("/api/"), target, apiKeys);
        Route description = route("api-description", ApiDescription::contains, target);
        return () -> Flux.just(api, description);
    }

    private static Route route(String id, Predicate<String> paths, TargetFilter target, GatewayFilter... filters) {
        Route.AsyncBuilder route = Route.async()
                .id(id)
                .uri("lb://" + APP)
                .asyncPredicate(exchange ->
                        Mono.just(paths.test(exchange.getRequest().getURI().getRawPath())))
                .filter(target);
        for (GatewayFilter filter : filters) {
            route.filter(new OrderedGatewayFilter(filter, 0));
        }
        return route.build();
    }

    @Bean
    ExchangeDeadline exchangeDeadline() {
        return exchange -> Objects.requireNonNull(
                        ClientRequest.of(exchange.getRequest()), "the connection has no guard")
                .deadline();
    }

    @Bean
    AttemptTrace attemptTrace(Tracing tracing) {
        return (exchange, instance) -> {
            ClientRequest request = ClientRequest.of(exchange.getRequest());
            Span span = tracing.call(
                    exchange.getRequest().getMethod().name(), request == null ? Span.getInvalid() : request.span());
            span.setAttribute("server.address", instance.uri().toString());
            return span;
        };
    }

    /// In place of the stock one.
    @Bean
    CallFilter callFilter(HttpClient client, InternalCredential credential) {
        return new CallFilter(new UpstreamClients(client), new RequestHeaders(credential));
    }

    /// In place of the stock one that writes answers.
    @Bean
    AnswerFilter answerFilter(OpenStreams streams, StreamProperties properties, UpstreamProperties upstream) {
        return new AnswerFilter(streams, properties, upstream.flushedMediaTypes());
    }

    /// In place of the stock one. It has connections of its own, as those of the pool come back.
    @Bean
    WebSocketRouting webSocketRouting(
            InternalCredential credential, UpstreamProperties upstream, StreamProperties streams) {
        HttpClient client = connecting(HttpClient.newConnection(), upstream);
        return new WebSocketRouting(client, new RequestHeaders(credential), streams);
    }

    /// In place of the stock one.
    @Bean
    UpstreamClientFactory upstreamClient(
            HttpClientProperties properties,
            ServerProperties server,
            HttpClientSslConfigurer ssl,
            List<HttpClientCustomizer> customizers) {
        return new UpstreamClientFactory(properties, server, ssl, customizers);
    }

    /// Set here and not as a property, which would make the client be rebuilt for every request.
    @Bean
    HttpClientCustomizer upstreamConnections(UpstreamProperties upstream) {
        return client -> connecting(client, upstream);
    }

    private static HttpClient connecting(HttpClient client, UpstreamProperties upstream) {
        return client.option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(upstream.connectTimeout().toMillis()))
                .option(ChannelOption.TCP_NODELAY, true);
    }
}
