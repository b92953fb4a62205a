package io.holdfast.contract.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final Tracing tracing = Tracing.idsOnly();

    @Test
    void continuesTheCallersTrace() {
        Map<String, String> caller =
                Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01", "tracestate", "vendor=opaque");
        Span request = tracing.serve("GET", caller, HEADERS);
        assertThat(request.getSpanContext().getTraceId()).isEqualTo(TRACE);
        assertThat(request.getSpanContext().getSpanId()).isNotEqualTo(PARENT);
        assertThat(sent(tracing.call("POST", request))).containsEntry("tracestate", "vendor=opaque");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void beginsATraceWhereTheCallersIsMalformed(String parent) {
        Span request = tracing.serve("GET", Map.of("traceparent", parent), HEADERS);
        assertThat(request.getSpanContext().isValid()).isTrue();
        assertThat(request.getSpanContext().getTraceId()).isNotEqualTo(TRACE);
    }

    @Test
    void givesEachRequestATraceOfItsOwn() {
        assertThat(tracing.serve("GET", Map.of(), HEADERS).getSpanContext().getTraceId())
                .isNotEqualTo(
                        tracing.serve("GET", Map.of(), HEADERS).getSpanContext().getTraceId());
    }

    @Test
    void callsBelongToTheRequestThatThisThreadServes() {
        Span request = tracing.serve("GET", Map.of(), HEADERS);
        Span call;
        try (Scope _ = request.makeCurrent()) {
            call = tracing.call("POST");
        }
        assertThat(call.getSpanContext().getTraceId())
                .isEqualTo(request.getSpanContext().getTraceId());
        assertThat(call.getSpanContext().getSpanId())
                .isNotEqualTo(request.getSpanContext().getSpanId());
        // The last two digits are flags: not recorded, and perhaps that the trace id is random.
        assertThat(sent(call).get("traceparent"))
                .matches("00-%s-%s-0[02]"
                        .formatted(
                                request.getSpanContext().getTraceId(),
                                call.getSpanContext().getSpanId()));
    }

    @Test
    void recordsNothing() {
        Map<String, String> caller = Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01");
        assertThat(tracing.serve("GET", caller, HEADERS).isRecording()).isFalse();
    }

    private static Map<String, String> sent(Span span) {
        Map<String, String> headers = new TreeMap<>();
        Tracing.send(span, headers::put);
        return headers;
    }
}
