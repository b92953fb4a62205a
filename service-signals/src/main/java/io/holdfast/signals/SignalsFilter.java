package io.holdfast.signals;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the signals on every answer, before anything can commit it, and counts what the load report
/// tells.
final class SignalsFilter implements Filter {
    static final String LOAD = "endpoint-load-metrics";

    /// Envoy's header for an instance that asks to be taken out of service at once.
    static final String DRAINING = "x-envoy-immediate-health-check-fail";

    private final @Nullable LoadReporter reporter;
    private final Drain drain;
    private final Set<String> probePaths;

    SignalsFilter(@Nullable LoadReporter reporter, Drain drain, Set<String> probePaths) {
        this.reporter = reporter;
        this.drain = drain;
        this.probePaths = probePaths;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        boolean draining = drain.draining();
        if (reporter == null || probePaths.contains(asked.getRequestURI())) {
            Signals signals = new Signals(answer, reporter == null ? null : reporter.report(), draining);
            chain.doFilter(request, signals.set());
            return;
        }
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            reporter.requested();
        }
        serve(asked, new Signals(answer, reporter.report(), draining).set(), chain, reporter);
    }

    private static void serve(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, LoadReporter reporter)
            throws IOException, ServletException {
        boolean failed = true;
        try {
            chain.doFilter(request, response);
            failed = response.getStatus() >= 500;
        } finally {
            // The error page is part of a request that was counted; an asynchronous one has not ended.
            if (failed && request.getDispatcherType() != DispatcherType.ERROR && !request.isAsyncStarted()) {
                reporter.failed();
            }
        }
    }
}
