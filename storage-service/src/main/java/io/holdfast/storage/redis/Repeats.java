package io.holdfast.storage.redis;

/// Whether a command is repeated that failed for a passing reason.
public enum Repeats {
    UNTIL_DEADLINE,
    /// Somebody else does that.
    NONE
}
