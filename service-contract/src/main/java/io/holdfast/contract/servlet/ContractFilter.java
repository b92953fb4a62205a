package io.holdfast.contract.servlet;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.RequestId;
import io.holdfast.contract.trace.AccessLog;
import io.holdfast.contract.trace.LogContext;
import io.holdfast.contract.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Lets a request in when it shows the internal credential, runs it under its id, span and deadline, and times it.
/// The probes `/livez` and `/readyz` are open: an orchestrator holds no credential.
final class ContractFilter extends OncePerRequestFilter {
    /// What the server answers when a failure gets as far as to it.
    private static final int UNEXPECTED = 500;

    private final InternalCredential credential;
    private final ProblemWriter problems;
    private final Tracing tracing;
    private final RequestTimes times;

    ContractFilter(InternalCredential credential, ProblemWriter problems, Tracing tracing, RequestTimes times) {
        this.credential = credential;
        this.problems = problems;
        this.tracing = tracing;
        this.times = times;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/livez") || path.equals("/readyz");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = RequestId.orNew(request.getHeader(RequestId.HEADER));
        response.setHeader(RequestId.HEADER, id);
        Span span = tracing.serve(request.getMethod(), request, RequestHeaderGetter.INSTANCE);
        RequestSpan.set(request, span);
        long start = System.nanoTime();
        int status = UNEXPECTED;
        try (LogContext _ = LogContext.of(id, span);
                Scope _ = span.makeCurrent()) {
            try {
                admit(request, response, chain);
                status = response.getStatus();
            } finally {
                long nanos = System.nanoTime() - start;
                times.record(request, status, nanos);
                describe(span, request);
                Tracing.end(span, status);
                if (AccessLog.on()) {
                    AccessLog.answered(request.getMethod(), request.getRequestURI(), status, nanos);
                }
            }
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!credential.matches(request.getHeader(InternalCredential.HEADER))) {
            problems.write(
                    response,
                    new ProblemException(
                            ProblemType.UNAUTHENTICATED,
                            "This service answers only the platform's own calls. Send the request to the gateway."));
            return;
        }
        serve(request, response, chain);
    }

    private static void describe(Span span, HttpServletRequest request) {
        if (span.isRecording()) {
            span.setAttribute("http.request.method", request.getMethod());
            span.setAttribute("url.path", request.getRequestURI());
            if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route) {
                span.setAttribute("http.route", route);
                span.updateName(request.getMethod() + " " + route);
            }
        }
    }

    private static void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Deadline.parse(request.getHeader(Deadline.HEADER)).<Void, Exception>call(() -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
