package io.holdfast.balancing;

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
    REFUSED;

    /// Whether the instance cannot have executed the request.
    public boolean nothingSent() {
        return switch (this) {
            case UNREACHABLE, NOT_SENT -> true;
            case CUT_OFF, UNANSWERED, REFUSED -> false;
        };
    }

    /// Whether an answer's status asks for another attempt.
    public static boolean refuses(int status) {
        return status >= 502 && status <= 504;
    }
}
