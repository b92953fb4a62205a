package io.holdfast.gateway.balancing;

import io.holdfast.balancing.spring.ConditionalOnUpstream;
import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.contract.request.Deadline;
import io.holdfast.gateway.stream.OpenStreams;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnUpstream
@EnableConfigurationProperties({ReplayProperties.class, BalancingProperties.class})
class BalancingConfiguration {
    @Bean
    ReplayMemory replayMemory(ReplayProperties properties) {
        return new ReplayMemory(properties);
    }

    @Bean
    BalancingFilter balancingFilter(
            Upstreams upstreams,
            ReplayMemory memory,
            ObjectProvider<ExchangeDeadline> deadlines,
            OpenStreams streams,
            BalancingProperties properties,
            ObjectProvider<AttemptTrace> trace) {
        return new BalancingFilter(
                upstreams,
                new Replay(memory),
                deadlines.getIfAvailable(() -> _ -> Deadline.in(Deadline.DEFAULT)),
                streams,
                properties,
                trace.getIfAvailable(() -> AttemptTrace.NONE));
    }
}
