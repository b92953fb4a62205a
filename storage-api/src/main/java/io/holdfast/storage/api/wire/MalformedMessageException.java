package io.holdfast.storage.api.wire;

/// A message between services that is not what the protocol says. Not retriable: the two sides disagree.
public final class MalformedMessageException extends RuntimeException {
    MalformedMessageException(String message) {
        super(message);
    }

    MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
