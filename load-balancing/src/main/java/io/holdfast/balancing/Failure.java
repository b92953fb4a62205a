package io.holdfast.balancing;

import java.util.Optional;

/// How an attempt failed, which decides whether the request may be sent again.
public enum Failure {
    /// No connection could be made, so nothing was sent. The instance is not picked any more until
    /// a probe succeeds.
    UNREACHABLE,

    /// Nothing was sent, and that says nothing about the instance: a pooled connection had gone
    /// stale, or none was free.
    NOT_SENT,

    /// The connection ended before a whole answer had come, as it does when a process dies, and when
    /// a pooled connection turns out to be stale too late. The request may have been executed.
    CUT_OFF,

    /// The request was sent and no whole answer came in time. It may have been executed.
    UNANSWERED,

    /// The answer was 502, 503 or 504: somebody else may do better. It may have been executed.
    REFUSED,

    /// The answer was another 5xx: a fault of the instance, or of the request itself. It may have
    /// been executed.
    FAULT;

    /// Whether the instance cannot have executed the request.
    public boolean nothingSent() {
        return switch (this) {
            case UNREACHABLE, NOT_SENT -> true;
            case CUT_OFF, UNANSWERED, REFUSED, FAULT -> false;
        };
    }

    /// Whether it says something about the instance.
    public boolean blamesInstance() {
        return this != NOT_SENT;
    }

    /// What an answer's status says; empty where it is no failure of the instance. 501 and 505 are
    /// facts about the request, and 507 is one about the storage that all instances share.
    public static Optional<Failure> of(int status) {
        if (refuses(status)) {
            return Optional.of(REFUSED);
        }
        return status >= 500 && status != 501 && status != 505 && status != 507 ? Optional.of(FAULT) : Optional.empty();
    }

    /// Whether an answer's status asks for another attempt.
    public static boolean refuses(int status) {
        return status >= 502 && status <= 504;
    }
}
