package io.holdfast.contract.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/// Counts what became of the spans that another exporter was given. Thread-safe.
final class CountedExporter implements SpanExporter {
    private final SpanExporter spans;
    private final Counter sent;
    private final Counter failed;

    CountedExporter(SpanExporter spans, MeterRegistry meters) {
        this.spans = spans;
        this.sent = counter(meters, "sent");
        this.failed = counter(meters, "failed");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("holdfast.tracing.spans")
                .description("Spans that were given to the collector, or could not be")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
        CompletableResultCode result = spans.export(batch);
        return result.whenComplete(() -> (result.isSuccess() ? sent : failed).increment(batch.size()));
    }

    @Override
    public CompletableResultCode flush() {
        return spans.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return spans.shutdown();
    }
}
