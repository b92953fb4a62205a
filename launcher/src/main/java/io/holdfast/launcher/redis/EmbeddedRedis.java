package io.holdfast.launcher.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// The servers inside the embedded-redis library, unpacked into the user's cache folder. Of that
/// library only the binaries are used.
final class EmbeddedRedis {
    private EmbeddedRedis() {}

    static RedisBinary extract(Map<String, String> environment) {
        List<String> candidates = candidates(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path folder = cacheFolder(environment);
        return candidates.stream()
                .flatMap(resource -> usable(resource, folder).stream())
                .findFirst()
                .orElseThrow(() -> new RedisException("No Redis for this machine: the embedded one does not run here."
                        + " Install redis-server or valkey-server, version 7 or later, so that it is on the PATH."));
    }

    /// Best first. The 64-bit Linux build needs OpenSSL 3 and glibc; the 32-bit one is static and runs
    /// without either, on the same processors.
    static List<String> candidates(String os, String architecture) {
        String system = os.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        if (system.contains("mac")) {
            return arm ? List.of("redis-server-6.2.6-v5-darwin-arm64") : List.of("redis-server-6.2.6-v5-darwin-amd64");
        }
        if (system.contains("linux")) {
            return arm
                    ? List.of("redis-server-6.2.7-linux-arm64")
                    : List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
        }
        return List.of();
    }

    private static Path cacheFolder(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("holdfast");
    }

    private static Optional<RedisBinary> usable(String resource, Path folder) {
        Path executable = unpacked(resource, folder);
        return RedisVersion.of(executable).map(version -> new RedisBinary(executable, version.text(), true));
    }

    /// Unpacks once. The name carries a checksum, so another version of the library gets another file,
    /// and the file appears whole or not at all, also with several processes at it.
    private static Path unpacked(String resource, Path folder) {
        try (InputStream in = EmbeddedRedis.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new RedisException("The embedded " + resource + " is missing from the class path.");
            }
            byte[] bytes = in.readAllBytes();
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            Path target = folder.resolve(resource + "-" + HexFormat.of().toHexDigits(checksum.getValue(), 8));
            if (!Files.isExecutable(target) || Files.size(target) != bytes.length) {
                install(bytes, target);
            }
            return target;
        } catch (IOException e) {
            throw new RedisException(
                    "The embedded Redis cannot be unpacked into " + folder + " (" + e.getMessage()
                            + "). Make that folder writable, or set XDG_CACHE_HOME to one that is.",
                    e);
        }
    }

    private static void install(byte[] bytes, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path temporary = Files.createTempFile(target.getParent(), "redis", ".part");
        Files.write(temporary, bytes);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
