package io.holdfast.app.consistency;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Consistency;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/// The header `Holdfast-Consistency` of a read.
public final class ConsistencyHeader {
    public static final String NAME = "Holdfast-Consistency";

    private static final int LONGEST_SHOWN = 40;

    private ConsistencyHeader() {}

    /// The consistency that a request asks for, with its session where that matters.
    ///
    /// @throws ProblemException where there is none like it, or the session is not one
    public static Consistency asked(HttpServletRequest request) {
        String given = request.getHeader(NAME);
        if (given == null) {
            return Consistency.STRONG;
        }
        return switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "strong" -> Consistency.STRONG;
            case "linearizable" -> Consistency.LINEARIZABLE;
            case "eventual" -> Consistency.eventual(SessionHeader.of(request));
            default ->
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        "The header %s is '%s'; it must be one of: strong, linearizable, eventual."
                                .formatted(NAME, shortened(given)));
        };
    }

    private static String shortened(String given) {
        return given.length() <= LONGEST_SHOWN ? given : given.substring(0, LONGEST_SHOWN) + "…";
    }
}
