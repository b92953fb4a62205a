package io.holdfast.balancing.spring;

import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.discovery.Discoveries;
import io.holdfast.balancing.spring.discovery.DnsDiscovery;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/// The meters of services as a whole, and of finding their instances.
final class BalancingMetrics implements MeterBinder {
    private static final String PREFIX = "holdfast.loadbalancer.";

    private final Upstreams upstreams;
    private final Discoveries discoveries;

    BalancingMetrics(Upstreams upstreams, Discoveries discoveries) {
        this.upstreams = upstreams;
        this.discoveries = discoveries;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        PREFIX + "reports.ignored",
                        upstreams,
                        each -> each.headers().ignored())
                .description("Load reports that were none, and were ignored")
                .register(registry);
        for (Upstream upstream : upstreams.all()) {
            Gauge.builder(PREFIX + "panic", upstream, each -> each.panicking() ? 1 : 0)
                    .description("1 while ejected instances are used because too few others are left")
                    .tag("service", upstream.service())
                    .register(registry);
        }
        for (DnsDiscovery discovery : discoveries.all()) {
            FunctionCounter.builder(PREFIX + "discovery.failures", discovery, DnsDiscovery::failures)
                    .description("Look-ups that came to nothing; the last list stayed in use")
                    .tag("service", discovery.service())
                    .register(registry);
            Gauge.builder(PREFIX + "discovery.age", discovery, DnsDiscovery::ageSeconds)
                    .description("Time since the instances were last found")
                    .baseUnit("seconds")
                    .tag("service", discovery.service())
                    .register(registry);
        }
    }
}
