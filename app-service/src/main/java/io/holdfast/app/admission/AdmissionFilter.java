package io.holdfast.app.admission;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.servlet.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns requests away while as many are being served as are allowed. Probes always pass.
final class AdmissionFilter extends OncePerRequestFilter {
    private final Semaphore free;
    private final ProblemWriter problems;

    AdmissionFilter(int most, ProblemWriter problems) {
        this.free = new Semaphore(most);
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
        if (!free.tryAcquire()) {
            problems.write(
                    response,
                    new ProblemException(
                            ProblemType.OVERLOADED, "Too many requests are under way. Try again in a moment."));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            free.release();
        }
    }

    int free() {
        return free.availablePermits();
    }
}
