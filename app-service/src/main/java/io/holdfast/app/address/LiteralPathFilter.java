package io.holdfast.app.address;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.servlet.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets only well-formed addresses pass, and makes what follows read them literally: a `;` is an
/// ordinary character of an id here, where the framework would cut off what is behind it, and
/// characters that a URI should have encoded, such as `{` or `|`, are encoded now.
final class LiteralPathFilter extends OncePerRequestFilter {
    private static final String ENCODED_FROM_HERE_ON = ";{}|\\^[]`\"<>";

    private final ProblemWriter problems;

    LiteralPathFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest literal;
        try {
            literal = literal(request);
        } catch (ProblemException problem) {
            problems.write(response, problem);
            return;
        }
        chain.doFilter(literal, response);
    }

    private static HttpServletRequest literal(HttpServletRequest request) {
        String raw = request.getRequestURI();
        PercentEncoding.decode(raw);
        if (request.getQueryString() != null) {
            PercentEncoding.decode(request.getQueryString());
        }
        return isLiteral(raw) ? request : new Encoded(request, encoded(raw));
    }

    private static boolean isLiteral(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (ENCODED_FROM_HERE_ON.indexOf(raw.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String encoded(String raw) {
        StringBuilder encoded = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (ENCODED_FROM_HERE_ON.indexOf(c) < 0) {
                encoded.append(c);
            } else {
                PercentEncoding.append(encoded, c);
            }
        }
        return encoded.toString();
    }

    private static final class Encoded extends HttpServletRequestWrapper {
        private final String requestUri;

        Encoded(HttpServletRequest request, String requestUri) {
            super(request);
            this.requestUri = requestUri;
        }

        @Override
        public String getRequestURI() {
            return requestUri;
        }
    }
}
