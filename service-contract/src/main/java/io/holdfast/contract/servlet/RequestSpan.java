package io.holdfast.contract.servlet;

import io.opentelemetry.api.trace.Span;
import jakarta.servlet.ServletRequest;

/// The span of a servlet request, for who serves it outside of the contract's filter.
public final class RequestSpan {
    private static final String ATTRIBUTE = RequestSpan.class.getName();

    private RequestSpan() {}

    static void set(ServletRequest request, Span span) {
        request.setAttribute(ATTRIBUTE, span);
    }

    /// An invalid span where the request did not come as far as the filter.
    public static Span of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Span span ? span : Span.getInvalid();
    }
}
