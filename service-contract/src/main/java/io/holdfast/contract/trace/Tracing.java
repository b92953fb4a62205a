package io.holdfast.contract.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Begins the spans of requests. A trace that the caller began is continued (W3C Trace Context).
///
/// Spans have ids whether or not anybody records them, so that one trace id is in the log lines of a
/// request at every hop. One that is not recorded is no more than its ids. Thread-safe.
public final class Tracing implements AutoCloseable {
    /// The headers that carry a trace from one service to the next.
    public static final String PARENT_HEADER = "traceparent";

    /// What tracing systems add to it.
    public static final String STATE_HEADER = "tracestate";

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapSetter<BiConsumer<String, String>> SETTER = (headers, name, value) -> {
        if (headers != null) {
            headers.accept(name, value);
        }
    };
    private static final int FIRST_FAULT = 500;
    private static final int LAST_WORDS_SECONDS = 2;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    Tracing(SdkTracerProviderBuilder spans) {
        provider = spans.build();
        tracer = provider.get("io.holdfast");
    }

    /// Tracing that records nothing.
    public static Tracing idsOnly() {
        return new Tracing(SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()));
    }

    /// The span of a request that came in.
    ///
    /// @param name of few different values, such as the method and the pattern of the path
    public <C> Span serve(String name, C request, TextMapGetter<C> headers) {
        return begin(name, SpanKind.SERVER, W3C.extract(Context.root(), request, headers));
    }

    /// The span of a call to another service, on behalf of the request that this thread serves, if any.
    public Span call(String name) {
        return begin(name, SpanKind.CLIENT, Context.current());
    }

    /// The span of a call to another service, on behalf of a request.
    public Span call(String name, Span request) {
        return begin(name, SpanKind.CLIENT, Context.root().with(request));
    }

    private Span begin(String name, SpanKind kind, Context parent) {
        return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
    }

    /// Tells the service that is called which span the call belongs to.
    ///
    /// @param headers sets a header of the call
    public static void send(Span span, BiConsumer<String, String> headers) {
        W3C.inject(Context.root().with(span), headers, SETTER);
    }

    /// Ends a span with the status of its answer; zero stands for none.
    public static void end(Span span, int status) {
        if (span.isRecording()) {
            if (status > 0) {
                span.setAttribute("http.response.status_code", status);
            }
            if (status == 0 || status >= FIRST_FAULT) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
    }

    /// Sends what has been recorded.
    @Override
    public void close() {
        provider.shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }
}
