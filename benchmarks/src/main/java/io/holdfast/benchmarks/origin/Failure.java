package io.holdfast.benchmarks.origin;

/// How an origin fails.
public enum Failure {
    NONE,

    /// Status 500 after a fixed delay, without doing any work: the failure that attracts load.
    STATUS,

    /// No answer ever; the connection stays open.
    HANG,

    /// The work is done, then the connection ends half-way through the answer's body.
    CUT_OFF;

    /// @throws IllegalArgumentException says which there are
    static Failure parse(String text) {
        return switch (text) {
            case "none" -> NONE;
            case "status" -> STATUS;
            case "hang" -> HANG;
            case "cut-off" -> CUT_OFF;
            default ->
                throw new IllegalArgumentException(
                        "'%s' is no failure. Use none, status, hang or cut-off.".formatted(text));
        };
    }
}
