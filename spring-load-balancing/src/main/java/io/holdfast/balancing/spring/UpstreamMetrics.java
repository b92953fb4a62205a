package io.holdfast.balancing.spring;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.InstanceState;
import io.holdfast.balancing.Upstream;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log what becomes of instances, and gives each its meters for as long as it is there.
/// Thread-safe.
final class UpstreamMetrics implements MeterBinder, Upstream.Listener {
    private static final Logger log = LoggerFactory.getLogger(UpstreamMetrics.class);

    private final Map<Instance, Tags> members = new LinkedHashMap<>();
    private final Map<Instance, List<Meter>> meters = new LinkedHashMap<>();
    private final List<MeterRegistry> registries = new ArrayList<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        registries.add(registry);
        members.forEach((instance, tags) -> bind(registry, instance, tags));
    }

    @Override
    public synchronized void joined(String service, Instance instance) {
        Tags tags = Tags.of("service", service, "instance", instance.id());
        members.put(instance, tags);
        registries.forEach(registry -> bind(registry, instance, tags));
    }

    private void bind(MeterRegistry registry, Instance instance, Tags tags) {
        meters.computeIfAbsent(instance, _ -> new ArrayList<>())
                .addAll(new InstanceMeters(instance, tags).register(registry));
    }

    /// Meters are forgotten, and so are the figures of one that comes back: it is another process.
    @Override
    public synchronized void left(String service, Instance instance) {
        members.remove(instance);
        List<Meter> gone = meters.remove(instance);
        if (gone != null) {
            gone.forEach(meter -> registries.forEach(registry -> registry.remove(meter)));
        }
        log.info("{} at {} is gone", service, instance.id());
    }

    @Override
    public void turned(String service, Instance instance) {
        InstanceState state = instance.state();
        switch (state) {
            case HEALTHY, SLOW_START, DRAINING -> log.info("{} at {} is {}", service, instance.id(), state);
            case EJECTED, UNHEALTHY -> log.warn("{} at {} is {}: {}", service, instance.id(), state, instance.why());
        }
    }
}
