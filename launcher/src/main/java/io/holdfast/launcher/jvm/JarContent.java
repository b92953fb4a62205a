package io.holdfast.launcher.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Tells jars apart by what is in them.
final class JarContent {
    private static final int DIGITS = 16;

    private JarContent() {}

    /// A name for the content together with `circumstances`. Reads only the jar's directory, which has a
    /// checksum of every entry, so it takes milliseconds for any size.
    static String key(Path jar, List<String> circumstances) throws IOException {
        MessageDigest digest = sha256();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream().map(JarContent::describe).forEach(line -> update(digest, line));
        }
        circumstances.forEach(line -> update(digest, line));
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static String describe(ZipEntry entry) {
        return entry.getName() + " " + entry.getSize() + " " + entry.getCrc();
    }

    private static void update(MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
