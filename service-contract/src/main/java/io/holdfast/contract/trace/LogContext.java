package io.holdfast.contract.trace;

import io.holdfast.contract.request.RequestId;
import io.opentelemetry.api.trace.Span;
import org.slf4j.MDC;

/// Puts the ids of a request in all lines that this thread logs, until it is closed.
public final class LogContext implements AutoCloseable {
    /// The keys of the logging context (MDC), named as Spring Boot and Micrometer name them.
    public static final String TRACE_ID = "traceId";

    public static final String SPAN_ID = "spanId";

    private LogContext() {}

    public static LogContext of(String requestId, Span span) {
        MDC.put(RequestId.LOG_KEY, requestId);
        MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
        MDC.put(SPAN_ID, span.getSpanContext().getSpanId());
        return new LogContext();
    }

    @Override
    public void close() {
        MDC.remove(RequestId.LOG_KEY);
        MDC.remove(TRACE_ID);
        MDC.remove(SPAN_ID);
    }
}
