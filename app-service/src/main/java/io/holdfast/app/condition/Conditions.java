package io.holdfast.app.condition;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The conditions of one request. `If-Match` is looked at before `If-None-Match`.
public final class Conditions {
    private static final Conditions NONE = new Conditions(null, null);

    private final @Nullable EntityTags ifMatch;
    private final @Nullable EntityTags ifNoneMatch;

    private Conditions(@Nullable EntityTags ifMatch, @Nullable EntityTags ifNoneMatch) {
        this.ifMatch = ifMatch;
        this.ifNoneMatch = ifNoneMatch;
    }

    public static Conditions of(HttpServletRequest request) {
        EntityTags ifMatch = tags(request, HttpHeaders.IF_MATCH);
        EntityTags ifNoneMatch = tags(request, HttpHeaders.IF_NONE_MATCH);
        return ifMatch == null && ifNoneMatch == null ? NONE : new Conditions(ifMatch, ifNoneMatch);
    }

    private static @Nullable EntityTags tags(HttpServletRequest request, String header) {
        Enumeration<String> values = request.getHeaders(header);
        return values.hasMoreElements() ? EntityTags.parse(header, String.join(",", Collections.list(values))) : null;
    }

    /// The entity tag of a version, as the header has it.
    public static String etag(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /// What the storage can check by itself, in one step with the write; null where the current
    /// version must be read first.
    public @Nullable Precondition precondition() {
        if (ifMatch == null) {
            return ifNoneMatch == null ? Precondition.NONE : ifNoneMatch.any() ? Precondition.ABSENT : null;
        }
        if (ifNoneMatch != null) {
            return null;
        }
        if (ifMatch.any()) {
            return Precondition.PRESENT;
        }
        Long version = ifMatch.tags().size() == 1 ? ifMatch.tags().getFirst().version() : null;
        return version == null ? null : Precondition.version(version);
    }

    /// Lets a write pass whose conditions hold.
    ///
    /// @param current the version that stands there, or [Outcome.Conflict#ABSENT]
    /// @throws ProblemException where they do not hold
    public void checkWrite(long current) {
        checkIfMatch(current);
        if (isNotModified(current)) {
            throw failed(current);
        }
    }

    /// Lets a read pass whose `If-Match` holds.
    public void checkIfMatch(long current) {
        if (ifMatch != null && (current == Outcome.Conflict.ABSENT || !ifMatch.match(current))) {
            throw failed(current);
        }
    }

    /// Whether `If-None-Match` names what stands there: a read is answered 304.
    public boolean isNotModified(long current) {
        return ifNoneMatch != null && current != Outcome.Conflict.ABSENT && ifNoneMatch.matchWeakly(current);
    }

    /// The problem of a condition that does not hold.
    public static ProblemException failed(long current) {
        if (current == Outcome.Conflict.ABSENT) {
            return new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "If-Match asks for an existing document, and there is none. Nothing was changed.");
        }
        String etag = etag(current);
        return new ProblemException(
                        ProblemType.PRECONDITION_FAILED,
                        "The document's ETag is %s, which the condition does not allow. Nothing was changed. Read it "
                                        .formatted(etag)
                                + "again and decide anew.")
                .with("etag", etag)
                .withHeader(HttpHeaders.ETAG, etag);
    }
}
