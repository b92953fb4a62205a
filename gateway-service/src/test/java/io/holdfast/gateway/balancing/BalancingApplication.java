package io.holdfast.gateway.balancing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.gateway.stream.OpenStreams;
import io.holdfast.gateway.stream.StreamProperties;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// A gateway with stock parts around the balancing: what the filter needs of its surroundings, and
/// no more. It is no annotated configuration, so that the scan of the real application passes it by.
@EnableAutoConfiguration
@Import(BalancingConfiguration.class)
@EnableConfigurationProperties(StreamProperties.class)
class BalancingApplication {
    @Bean
    RouteLocator routes(RouteLocatorBuilder builder) {
        return builder.routes()
                .route("unknown", route -> route.path("/unknown").uri("lb://unknown-service"))
                .route(
                        "knows-operations",
                        route -> route.path("/knows-operations").uri("lb://app-service"))
                .route("app", route -> route.path("/**").uri("lb://app-service"))
                .build();
    }

    @Bean
    OpenStreams openStreams() {
        return new OpenStreams();
    }

    /// The stock one. It is made here, as the property that switches off the stock writing of answers is its own.
    @Bean
    NettyRoutingFilter sending(
            HttpClient client, ObjectProvider<List<HttpHeadersFilter>> headers, HttpClientProperties properties) {
        return new NettyRoutingFilter(client, headers, properties);
    }

    @Bean
    AnswerFilter answerFilter(OpenStreams streams, StreamProperties properties) {
        return new AnswerFilter(streams, properties, List.of(MediaType.TEXT_EVENT_STREAM));
    }

    @Bean
    ExchangeDeadline exchangeDeadline() {
        return exchange -> Deadline.parse(exchange.getRequest().getHeaders().getFirst(Deadline.HEADER));
    }

    @Bean
    HttpHeadersFilter attemptDeadlineHeader() {
        return (given, exchange) -> {
            HttpHeaders headers = HttpHeaders.copyOf(given);
            Deadline deadline = AttemptDeadline.of(exchange);
            if (deadline != null) {
                headers.set(Deadline.HEADER, deadline.header());
            }
            return headers;
        };
    }

    /// Answers with the status and headers of a problem, and its type's name for a body.
    @Bean
    @Order(-2)
    ErrorWebExceptionHandler problems() {
        return (exchange, error) ->
                error instanceof ProblemException problem ? answer(exchange, problem) : Mono.error(error);
    }

    private static Mono<Void> answer(ServerWebExchange exchange, ProblemException problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(problem.getStatusCode());
        response.getHeaders().addAll(problem.getHeaders());
        byte[] body = problem.type().name().getBytes(UTF_8);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
