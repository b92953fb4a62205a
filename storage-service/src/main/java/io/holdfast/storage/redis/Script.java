package io.holdfast.storage.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/// A Lua script and the SHA-1 digest by which Redis knows it once it has run.
///
/// @param text the source, as a class path resource next to this module's classes
public record Script(String text, String digest) {
    /// Loads `io/holdfast/storage/{name}.lua`, or several of them as one.
    public static Script load(String... names) {
        String text = Arrays.stream(names).map(Script::text).collect(Collectors.joining());
        return new Script(text, sha1(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(String name) {
        String path = "/io/holdfast/storage/" + name + ".lua";
        try (InputStream resource = Script.class.getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(resource, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
