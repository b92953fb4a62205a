package io.holdfast.storage.api;

import java.time.Duration;

/// By what a write is known again when it is sent once more, and what is kept of it. It is kept in the
/// partition of the record that was written, by the same atomic change, so neither survives without
/// the other.
///
/// @param token names the write among all others: 1 to [#LONGEST_TOKEN] letters, digits, `-` and `_`
/// @param fingerprint what a repetition must be equal in, at most [#LONGEST_FINGERPRINT] bytes of
///     UTF-8; empty where nobody but the platform makes tokens
/// @param keptFor how long the write is known again, at least 1 ms
/// @param note given back to whoever repeats the write, at most [#LONGEST_NOTE] bytes of UTF-8
public record IdempotencyKey(String token, String fingerprint, Duration keptFor, String note) {
    public static final int LONGEST_TOKEN = 64;
    public static final int LONGEST_FINGERPRINT = 64;
    public static final int LONGEST_NOTE = 64 * 1024;

    public IdempotencyKey withNote(String newNote) {
        return new IdempotencyKey(token, fingerprint, keptFor, newNote);
    }
}
