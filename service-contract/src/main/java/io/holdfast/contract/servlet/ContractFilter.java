package io.holdfast.contract.servlet;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets a request in when it shows the internal credential, and runs it under its id and deadline.
/// The probes `/livez` and `/readyz` are open: an orchestrator holds no credential.
final class ContractFilter extends OncePerRequestFilter {
    private final InternalCredential credential;
    private final ProblemWriter problems;

    ContractFilter(InternalCredential credential, ProblemWriter problems) {
        this.credential = credential;
        this.problems = problems;
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
        if (!credential.matches(request.getHeader(InternalCredential.HEADER))) {
            problems.write(
                    response,
                    new ProblemException(
                            ProblemType.UNAUTHENTICATED,
                            "This service answers only the platform's own calls. Send the request to the gateway."));
            return;
        }
        MDC.put(RequestId.LOG_KEY, id);
        try {
            serve(request, response, chain);
        } finally {
            MDC.remove(RequestId.LOG_KEY);
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
