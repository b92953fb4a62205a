package io.holdfast.balancing.spring;

import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Upstream;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.Locale;

/// What is known of each instance, as metrics. They are read from the instance, so counting costs
/// nothing more.
final class UpstreamMetrics implements MeterBinder {
    private final Collection<Upstream> upstreams;

    UpstreamMetrics(Collection<Upstream> upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Upstream upstream : upstreams) {
            for (Instance instance : upstream.members()) {
                bind(registry, instance, Tags.of("service", upstream.service(), "instance", instance.id()));
            }
        }
    }

    private static void bind(MeterRegistry registry, Instance instance, Tags tags) {
        Gauge.builder("holdfast.loadbalancer.instance.healthy", instance, each -> each.healthy() ? 1 : 0)
                .description("1 while the instance is ready as far as its caller knows, else 0")
                .tags(tags)
                .register(registry);
        for (Failure failure : Failure.values()) {
            FunctionCounter.builder("holdfast.loadbalancer.instance.failures", instance, each -> each.failures(failure))
                    .description("Attempts that failed, most of which another instance made good")
                    .tags(tags.and(
                            "failure", failure.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .register(registry);
        }
    }
}
