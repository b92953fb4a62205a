package io.holdfast.app.proof;

import io.holdfast.app.consistency.SessionHeader;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.function.BiConsumer;

/// What the answer to one write carries besides what it came to: the session with the write in it, and
/// where the request asks for it (`Holdfast-Receipt: true`) a receipt.
public final class Proofs {
    public static final String RECEIPT = "Holdfast-Receipt";

    private static final int LONGEST_SHOWN = 40;

    private final Receipts receipts;
    private final boolean receiptWanted;
    private final Session session;

    private Proofs(Receipts receipts, boolean receiptWanted, Session session) {
        this.receipts = receipts;
        this.receiptWanted = receiptWanted;
        this.session = session;
    }

    /// @throws ProblemException where the request asks for something else, or its session is not one
    public static Proofs of(HttpServletRequest request, Receipts receipts) {
        return new Proofs(receipts, receiptWanted(request), SessionHeader.of(request));
    }

    private static boolean receiptWanted(HttpServletRequest request) {
        String given = request.getHeader(RECEIPT);
        if (given == null) {
            return false;
        }
        return switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        "The header %s is '%s'; it must be true or false."
                                .formatted(
                                        RECEIPT,
                                        given.length() <= LONGEST_SHOWN
                                                ? given
                                                : given.substring(0, LONGEST_SHOWN) + "…"));
        };
    }

    /// Tells of a write that took place.
    public void tell(HttpServletResponse response, Origin origin, long version, Reached reached) {
        tell(response::setHeader, origin, version, reached);
    }

    /// Tells of a write that took place and has not come as far as it should.
    ///
    /// @return the problem
    public ProblemException tell(ProblemException problem, Outcome.Unconfirmed write) {
        tell(problem::withHeader, write.origin(), write.version(), write.reached());
        return problem;
    }

    private void tell(BiConsumer<String, String> headers, Origin origin, long version, Reached reached) {
        if (!origin.isKnown()) {
            return;
        }
        headers.accept(SessionHeader.NAME, SessionHeader.encode(session.with(origin.partition(), version)));
        if (receiptWanted) {
            headers.accept(RECEIPT, receipts.issue(new Receipt(origin, version, reached)));
        }
    }
}
