package io.holdfast.app.listing;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Cursors that any replica understands and nobody else can make. A cursor is, in base64url, a byte
/// with its format, the id where the listing goes on, and 128 bits of an HMAC-SHA256 over these,
/// the collection and the prefix: it serves the listing that issued it and no other. Thread-safe.
final class Cursors {
    private static final byte FORMAT = 1;
    private static final int SEAL_BYTES = 16;
    private static final int LONGEST = 1_024;
    private static final String ALGORITHM = "HmacSHA256";
    /// Separates the key from other uses of the same secret.
    private static final String PURPOSE = "holdfast listing cursor";

    private final SecretKeySpec key;

    Cursors(InternalCredential credential) {
        byte[] secret = credential.credential().getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(
                hmac(new SecretKeySpec(secret, ALGORITHM), PURPOSE.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    /// The cursor that goes on behind an id.
    String issue(Namespace collection, String prefix, String last) {
        byte[] id = last.getBytes(StandardCharsets.UTF_8);
        byte[] cursor = new byte[1 + id.length + SEAL_BYTES];
        cursor[0] = FORMAT;
        System.arraycopy(id, 0, cursor, 1, id.length);
        System.arraycopy(seal(collection, prefix, last), 0, cursor, 1 + id.length, SEAL_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /// The id behind which a cursor goes on.
    ///
    /// @throws ProblemException where it was not issued for this listing
    String open(Namespace collection, String prefix, String cursor) {
        byte[] bytes = bytes(cursor);
        if (bytes.length <= 1 + SEAL_BYTES || bytes[0] != FORMAT) {
            throw refused();
        }
        int sealed = bytes.length - SEAL_BYTES;
        String last = new String(bytes, 1, sealed - 1, StandardCharsets.UTF_8);
        byte[] shown = Arrays.copyOfRange(bytes, sealed, bytes.length);
        if (!MessageDigest.isEqual(shown, Arrays.copyOf(seal(collection, prefix, last), SEAL_BYTES))) {
            throw refused();
        }
        return last;
    }

    private static byte[] bytes(String cursor) {
        try {
            return cursor.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    /// None of the parts can hold the NUL that separates them.
    private byte[] seal(Namespace collection, String prefix, String last) {
        String sealed = FORMAT + "\0" + collection.qualifiedName() + "\0" + prefix + "\0" + last;
        return hmac(key, sealed.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static ProblemException refused() {
        return new ProblemException(
                ProblemType.INVALID_CURSOR,
                "The cursor was not issued for this collection and prefix. Use 'next' of the page before as it is, with "
                        + "the same prefix, or begin without a cursor.");
    }
}
