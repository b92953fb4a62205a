package io.holdfast.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that makes the secrets of a deployment.
class SecretsIT {
    @TempDir
    Path folder;

    @Test
    void makesWhatServicesNeedAndKeepsItFromOthers() throws Exception {
        run();

        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("api-key")))
                .isEqualTo(PosixFilePermissions.fromString("r--------"));
        assertThat(text("gateway-service/holdfast.gateway.api-keys.default.sha256"))
                .isEqualTo(sha256(text("api-key")));
        assertThat(text("gateway-service/holdfast.internal.credential"))
                .matches("[A-Za-z0-9_-]{43}")
                .isEqualTo(text("app-service/holdfast.internal.credential"))
                .isEqualTo(text("storage-service/holdfast.internal.credential"))
                .isNotEqualTo(text("redis/spring.data.redis.password"));
        assertThat(text("redis/spring.data.redis.password"))
                .matches("[A-Za-z0-9_-]{43}")
                .isEqualTo(text("storage-service/spring.data.redis.password"));
        assertThat(folder.resolve("app-service/spring.data.redis.password")).doesNotExist();
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        run();
        Map<String, String> before = everything();

        run();

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void makesAndDropsKeysOfFurtherHolders() throws Exception {
        String key = run("new-api-key", "reporting").strip();
        Path hash = folder.resolve("gateway-service/holdfast.gateway.api-keys.reporting.sha256");

        assertThat(key).matches("hf_[A-Za-z0-9_-]{43}");
        assertThat(Files.readString(hash).strip()).isEqualTo(sha256(key));
        assertThat(everything().values()).noneMatch(content -> content.contains(key));
        assertThat(run("api-keys").lines()).containsExactlyInAnyOrder("default", "reporting");

        run("drop-api-key", "reporting");
        assertThat(hash).doesNotExist();
    }

    private String run(String... arguments) throws Exception {
        Commands commands = new Commands(Map.of("HOLDFAST_SECRETS_FOLDER", folder.toString()));
        return commands.run(Stream.concat(Stream.of("deployment/secrets"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip();
    }

    private Map<String, String> everything() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
