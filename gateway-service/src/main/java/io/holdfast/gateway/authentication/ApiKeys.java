package io.holdfast.gateway.authentication;

import io.holdfast.gateway.authentication.ApiKeysProperties.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configured keys. Thread-safe.
///
/// A shown key is hashed and compared with every configured hash, always all of them and each in
/// constant time, so that the time says neither how near a guess was nor whose key it resembles. With a
/// handful of keys this costs well under a microsecond, so nothing is cached.
final class ApiKeys {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ApiKeys::sha256);

    private final Key[] keys;

    ApiKeys(Map<String, ApiKey> configured) {
        keys = configured.entrySet().stream()
                .map(entry -> new Key(
                        HexFormat.of().parseHex(entry.getValue().sha256()),
                        new Caller(entry.getKey(), entry.getValue().permissions())))
                .toArray(Key[]::new);
    }

    /// Whose key it is; null if it is nobody's.
    @Nullable
    Caller callerWith(String shown) {
        byte[] hash = SHA_256.get().digest(shown.getBytes(StandardCharsets.UTF_8));
        Caller caller = null;
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.hash, hash)) {
                caller = key.caller;
            }
        }
        return caller;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static final class Key {
        private final byte[] hash;
        private final Caller caller;

        Key(byte[] hash, Caller caller) {
            this.hash = hash;
            this.caller = caller;
        }
    }
}
