package io.holdfast.balancing.spring.report;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.signal.ReceivedReport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The headers by which an instance speaks to its callers' balancing. Whatever they hold, reading
/// them never fails: what makes no sense is counted and left alone. Thread-safe.
public final class InstanceHeaders {
    static final String LOAD = "endpoint-load-metrics";
    static final String LOAD_BINARY = "endpoint-load-metrics-bin";

    /// As Envoy has it: take this instance out of service at once.
    static final String DRAINING = "x-envoy-immediate-health-check-fail";

    /// All of them, none of which is for clients.
    public static final List<String> NAMES = List.of(LOAD, LOAD_BINARY, DRAINING);

    /// Instances make a report a second, so more of them would say the same again.
    private static final long REPORT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongAdder ignored = new LongAdder();

    /// @param header finds the first value of a header; null where there is none
    public void read(Upstream upstream, Instance instance, Function<String, @Nullable String> header) {
        if (header.apply(DRAINING) != null) {
            upstream.draining(instance);
        }
        ReceivedReport last = instance.signals().report();
        if (last == null || System.nanoTime() - last.atNanos() >= REPORT_INTERVAL_NANOS) {
            readLoad(upstream, instance, header);
        }
    }

    private void readLoad(Upstream upstream, Instance instance, Function<String, @Nullable String> header) {
        String text = header.apply(LOAD);
        String binary = text == null ? header.apply(LOAD_BINARY) : null;
        try {
            if (text != null) {
                upstream.reported(instance, ReportParser.parse(text));
            } else if (binary != null) {
                upstream.reported(instance, ReportParser.binary(binary));
            }
        } catch (MalformedReportException _) {
            ignored.increment();
        }
    }

    /// How many reports were no reports.
    public long ignored() {
        return ignored.sum();
    }
}
