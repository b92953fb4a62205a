package io.holdfast.app.json;

/// Bytes that are not the JSON asked for. The message says what is wrong and at which line and
/// column, for the person who sent them. It carries no stack trace: it is an answer, not a fault.
public final class MalformedJsonException extends RuntimeException {
    MalformedJsonException(String message) {
        super(message, null, false, false);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
