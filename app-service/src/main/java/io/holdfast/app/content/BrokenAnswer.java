package io.holdfast.app.content;

import io.holdfast.contract.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer that cannot be completed. While nothing of it has been sent, the problem takes its
/// place. Afterwards the connection is cut, so that nobody takes the part that arrived for the
/// whole.
public final class BrokenAnswer {
    private static final Logger log = LoggerFactory.getLogger(BrokenAnswer.class);

    private BrokenAnswer() {}

    /// @return what to throw
    public static IOException because(ProblemException problem, HttpServletResponse response) {
        if (!response.isCommitted()) {
            throw problem;
        }
        log.warn("An answer was cut off, as it could not be completed: {}", problem.detail());
        return new CloseNowException(problem.detail());
    }
}
