package io.holdfast.balancing.spring;

import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.InstanceState;
import io.holdfast.balancing.signal.LoadReport;
import io.holdfast.balancing.signal.ReceivedReport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The meters of one instance. They are read from the instance, so counting costs nothing more.
record InstanceMeters(Instance instance, Tags tags) {
    private static final String PREFIX = "holdfast.loadbalancer.instance.";
    private static final double NANOS_PER_SECOND = 1e9;

    List<Meter> register(MeterRegistry registry) {
        List<Meter> meters = new ArrayList<>(List.of(
                gauge("healthy", "1 while the last probe found it ready, else 0", each -> each.healthy() ? 1 : 0)
                        .register(registry),
                gauge(
                                "in.flight",
                                "Requests whose answer has not ended",
                                each -> each.signals().inFlight())
                        .register(registry),
                gauge(
                                "connections",
                                "Requests that became connections, such as WebSockets",
                                each -> each.signals().connections())
                        .register(registry),
                gauge(
                                "weight",
                                "Share of the traffic beside the others, slow start included",
                                each -> each.signals().weight())
                        .register(registry),
                gauge(
                                "latency",
                                "Moving average of the time to the head of the answer",
                                each -> each.signals().latencyNanos() / NANOS_PER_SECOND)
                        .baseUnit("seconds")
                        .register(registry),
                gauge(
                                "cpu",
                                "Reported utilisation of the processor",
                                each -> reported(each).cpu())
                        .register(registry),
                gauge(
                                "memory",
                                "Reported utilisation of the memory",
                                each -> reported(each).memory())
                        .register(registry),
                FunctionCounter.builder(
                                PREFIX + "requests",
                                instance,
                                each -> each.signals().requests())
                        .description("Attempts, hedged and repeated ones included")
                        .tags(tags)
                        .register(registry)));
        for (InstanceState state : InstanceState.values()) {
            meters.add(gauge("state", "1 for the state it is in, else 0", each -> each.state() == state ? 1 : 0)
                    .tag("state", state.toString())
                    .register(registry));
        }
        for (Failure failure : Failure.values()) {
            meters.add(FunctionCounter.builder(PREFIX + "failures", instance, each -> each.failures(failure))
                    .description("Attempts that failed, most of which another instance made good")
                    .tags(tags.and(
                            "failure", failure.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .register(registry));
        }
        return meters;
    }

    private Gauge.Builder<Instance> gauge(String name, String description, ToDoubleFunction<Instance> value) {
        return Gauge.builder(PREFIX + name, instance, value)
                .description(description)
                .tags(tags);
    }

    private static LoadReport reported(Instance instance) {
        ReceivedReport report = instance.signals().report();
        return report != null && report.fresh(System.nanoTime()) ? report.report() : LoadReport.of(0, 0, 0, 0);
    }
}
