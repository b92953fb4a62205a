package io.holdfast.app.proof;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Reached;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Receipts that any replica understands and nobody else can make. A receipt is, in base64url, a byte
/// with its format, the level that was reached and the number of replicas (a byte each), the partition
/// (2 bytes), the incarnation of its primary and the version (8 bytes each), and 128 bits of an
/// HMAC-SHA256 over these. Thread-safe.
public final class Receipts {
    private static final byte FORMAT = 1;
    private static final int CONTENT_BYTES = 3 + Short.BYTES + 2 * Long.BYTES;
    private static final int SEAL_BYTES = 16;
    private static final int BYTES = CONTENT_BYTES + SEAL_BYTES;
    /// The characters of a receipt.
    static final int LENGTH = (BYTES * 8 + 5) / 6;

    private static final String ALGORITHM = "HmacSHA256";
    /// Separates the key from other uses of the same secret.
    private static final String PURPOSE = "holdfast write receipt";

    private final SecretKeySpec key;

    Receipts(String secret) {
        SecretKeySpec root = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.key = new SecretKeySpec(hmac(root, PURPOSE.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    String issue(Receipt receipt) {
        Origin origin = receipt.origin();
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .put((byte) receipt.reached().level().code())
                .put((byte) Math.min(receipt.reached().replicas(), Byte.MAX_VALUE))
                .putShort((short) origin.partition())
                .putLong(origin.incarnation())
                .putLong(receipt.version());
        bytes.put(seal(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// What a receipt says, or null if it was not issued here.
    @Nullable
    Receipt open(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        byte[] bytes = decoded(text);
        byte[] shown = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - SEAL_BYTES), bytes.length);
        if (bytes.length != BYTES || bytes[0] != FORMAT || !MessageDigest.isEqual(shown, seal(bytes))) {
            return null;
        }
        ByteBuffer content = ByteBuffer.wrap(bytes, 1, CONTENT_BYTES - 1);
        Reached reached = new Reached(Durability.of(content.get()), content.get());
        Origin origin = new Origin(Short.toUnsignedInt(content.getShort()), content.getLong());
        return new Receipt(origin, content.getLong(), reached);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private byte[] seal(byte[] bytes) {
        return Arrays.copyOf(hmac(key, Arrays.copyOf(bytes, CONTENT_BYTES)), SEAL_BYTES);
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
}
