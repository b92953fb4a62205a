package io.holdfast.app.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// SHA-256 over several parts, none of which can be taken for a piece of another. Not thread-safe.
final class Digest {
    private static final int KEPT_BYTES = 16;
    private static final int NOTHING = -1;

    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    Digest add(@Nullable String part) {
        return part == null ? length(NOTHING) : add(part.getBytes(StandardCharsets.UTF_8));
    }

    Digest add(byte[] part) {
        length(part.length);
        sha256.update(part);
        return this;
    }

    private Digest length(int length) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        return this;
    }

    /// Its first 128 bits as 22 letters, digits, `-` and `_`. Nobody finds two with the same in 2^64 attempts.
    String text() {
        byte[] bits = Arrays.copyOf(sha256.digest(), KEPT_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    long number() {
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }
}
