package io.holdfast.contract.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Keeps failures that come after the first bytes of an answer from being taken for handled. They go on
/// to the server, which cuts the connection, so that nobody takes a part for the whole.
final class BegunAnswers implements HandlerExceptionResolver, Ordered {
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (response.isCommitted() && failure instanceof RuntimeException unanswerable) {
            throw unanswerable;
        }
        return null;
    }
}
