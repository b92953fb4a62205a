package io.holdfast.launcher.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.launcher.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path folder;

    private DataDirectory directory = new DataDirectory(Path.of(""));

    @BeforeEach
    void createDirectory() {
        directory = new DataDirectory(folder.resolve("data"));
        directory.create();
    }

    @Test
    void areForTheirOwnerOnly() throws IOException {
        Secrets secrets = new Secrets(directory);
        secrets.prepare();
        secrets.useRedisPassword(secrets.ownRedisPassword());
        assertThat(permissions(directory.root())).isEqualTo("rwx------");
        assertThat(permissions(directory.secrets())).isEqualTo("rwx------");
        assertThat(permissions(directory.apiKey())).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory.secrets())) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allMatch(file -> permissions(file).equals("rw-------"));
        }
    }

    @Test
    void staySameOverRestarts() throws IOException {
        new Secrets(directory).prepare();
        String key = Files.readString(directory.apiKey());
        String credential = Files.readString(directory.secrets().resolve(Secrets.INTERNAL_CREDENTIAL));
        String password = new Secrets(directory).ownRedisPassword();
        new Secrets(directory).prepare();
        assertThat(directory.apiKey()).hasContent(key);
        assertThat(directory.secrets().resolve(Secrets.INTERNAL_CREDENTIAL)).hasContent(credential);
        assertThat(new Secrets(directory).ownRedisPassword()).isEqualTo(password);
    }

    @Test
    void haveTwoHundredFiftySixRandomBits() throws IOException {
        new Secrets(directory).prepare();
        assertThat(Files.readString(directory.apiKey()).strip()).matches("hf_[A-Za-z0-9_-]{43}");
    }

    @Test
    void tellTheGatewayTheHashOfAKeyThatWasGiven() throws IOException {
        Files.writeString(directory.apiKey(), "abc\n");
        new Secrets(directory).prepare();
        assertThat(directory.secrets().resolve(Secrets.API_KEY_HASH))
                .hasContent("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void forgetThePasswordOfARedisThatHasNone() throws IOException {
        Secrets secrets = new Secrets(directory);
        secrets.useRedisPassword("one");
        assertThat(directory.secrets().resolve(Secrets.REDIS_PASSWORD)).hasContent("one");
        secrets.useRedisPassword("");
        assertThat(directory.secrets().resolve(Secrets.REDIS_PASSWORD)).doesNotExist();
    }

    @Test
    void sayWhereTheyCannotBeKept() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(new DataDirectory(file)::create)
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
