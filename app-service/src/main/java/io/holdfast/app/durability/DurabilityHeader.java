package io.holdfast.app.durability;

import io.holdfast.app.condition.Conditions;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.WriteDurability;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The header `Holdfast-Durability`: in a request the level that a write must reach, in the answer what
/// it did reach.
public final class DurabilityHeader {
    public static final String NAME = WriteDurability.HEADER;

    private DurabilityHeader() {}

    /// The level that a request asks for; null if it asks for none.
    ///
    /// @throws ProblemException where it asks for one that does not exist
    public static @Nullable Durability asked(HttpServletRequest request) {
        String given = request.getHeader(NAME);
        if (given == null) {
            return null;
        }
        return Durability.of(given.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        "The header %s is '%s'; it must be one of: %s."
                                .formatted(NAME, shortened(given), Durability.labels())));
    }

    private static String shortened(String given) {
        return given.length() <= 40 ? given : given.substring(0, 40) + "…";
    }

    /// Tells how far a write has come.
    public static void tell(HttpServletResponse response, Reached reached) {
        response.setHeader(NAME, reached.text());
    }

    /// The problem of a write that did not come as far as was asked for.
    public static ProblemException unconfirmed(Outcome.Unconfirmed write) {
        String etag = Conditions.etag(write.version());
        return new ProblemException(
                        ProblemType.APPLIED_NOT_DURABLE,
                        ("The write is applied, with the ETag %s, but it did not become '%s' in time: it reached '%s'. "
                                        + "It may still, and it may be lost if a server fails now. Repeating it with the "
                                        + "same Idempotency-Key or If-Match is safe.")
                                .formatted(
                                        etag,
                                        write.asked().label(),
                                        write.reached().text()))
                .with("etag", etag)
                .with("asked", write.asked().label())
                .with("reached", write.reached().text())
                .withHeader(HttpHeaders.ETAG, etag)
                .withHeader(NAME, write.reached().text());
    }
}
