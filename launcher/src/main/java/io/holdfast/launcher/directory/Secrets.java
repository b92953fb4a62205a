package io.holdfast.launcher.directory;

import io.holdfast.launcher.LauncherException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The platform's secrets: made once, kept in files for their owner only, and handed to the services
/// as a folder of files named like the properties they set.
public final class Secrets {
    static final String INTERNAL_CREDENTIAL = "holdfast.internal.credential";
    static final String REDIS_PASSWORD = "spring.data.redis.password";
    static final String API_KEY_HASH = "holdfast.gateway.api-keys.default.sha256";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataDirectory directory;

    public Secrets(DataDirectory directory) {
        this.directory = directory;
    }

    /// Makes what is missing. A key that somebody put into the file `api-key` is taken as it is.
    public void prepare() {
        try {
            String apiKey = readOrMake(directory.apiKey(), "hf_");
            readOrMake(directory.secrets().resolve(INTERNAL_CREDENTIAL), "");
            PrivateFile.write(directory.secrets().resolve(API_KEY_HASH), sha256(apiKey));
        } catch (IOException e) {
            throw new LauncherException("The secrets cannot be kept in " + directory.root() + ": " + e.getMessage(), e);
        }
    }

    /// The password of the platform's own Redis.
    public String ownRedisPassword() {
        try {
            return readOrMake(directory.root().resolve("redis-password"), "");
        } catch (IOException e) {
            throw new LauncherException("The Redis password cannot be kept: " + e.getMessage(), e);
        }
    }

    /// Tells the services the password of the Redis they are about to use.
    ///
    /// @param password empty for a Redis without one
    public void useRedisPassword(String password) {
        Path file = directory.secrets().resolve(REDIS_PASSWORD);
        try {
            if (password.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                PrivateFile.write(file, password);
            }
        } catch (IOException e) {
            throw new LauncherException("The Redis password cannot be written: " + e.getMessage(), e);
        }
    }

    /// The password the services use; empty if there is none.
    public String redisPassword() throws IOException {
        return read(directory.secrets().resolve(REDIS_PASSWORD)).orElse("");
    }

    private static String readOrMake(Path file, String prefix) throws IOException {
        Optional<String> present = read(file);
        if (present.isPresent()) {
            return present.get();
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String secret = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        PrivateFile.write(file, secret + "\n");
        return secret;
    }

    private static Optional<String> read(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
