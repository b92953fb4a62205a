package io.holdfast.gateway.connection;

import io.holdfast.contract.trace.Tracing;
import io.holdfast.gateway.problem.ProblemJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelPipeline;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/// Puts a guard on every connection of the public port. The management port has none: it is not public.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionLimits.class)
class ConnectionConfiguration {
    @Bean
    Rules connectionRules(ConnectionLimits limits, MeterRegistry meters, ProblemJson json, Tracing tracing) {
        Rules rules = new Rules(limits, new RequestTimes(meters), json, tracing);
        Gauge.builder("holdfast.gateway.connections", rules.connections(), Admission::admitted)
                .description("Client connections that are open")
                .register(meters);
        Gauge.builder("holdfast.gateway.requests", rules.requests(), Admission::admitted)
                .description("Requests that are under way")
                .register(meters);
        return rules;
    }

    @Bean
    Leaving leaving(Rules rules) {
        return new Leaving(rules.connections(), rules.limits().leaveTime());
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> guardedConnections(Rules rules, Leaving leaving) {
        return factory -> factory.addServerCustomizers(
                server -> server.doOnChannelInit((_, channel, _) -> guard(channel.pipeline(), rules, leaving)));
    }

    private static void guard(ChannelPipeline pipeline, Rules rules, Leaving leaving) {
        RequestOrder order = new RequestOrder(rules.limits(), leaving::begun);
        pipeline.addAfter(NettyPipeline.HttpCodec, "holdfast.order", order);
        pipeline.addAfter("holdfast.order", "holdfast.guard", new ConnectionGuard(rules, order));
    }
}
