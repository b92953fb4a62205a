package io.holdfast.app.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.trace.LogContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ForkTest {
    @Test
    void worksUnderTheRequestsIdAndTrace() {
        Span request = Span.wrap(SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getDefault(),
                TraceState.getDefault()));
        try (Scope _ = request.makeCurrent();
                LogContext _ = LogContext.of("r-1", request);
                Fork<List<String>> fork = Fork.start(
                        Duration.ofSeconds(10),
                        () -> List.of(
                                MDC.get("requestId"),
                                MDC.get("traceId"),
                                Span.current().getSpanContext().getSpanId()))) {
            assertThat(fork.join()).containsExactly("r-1", "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        }
    }
}
