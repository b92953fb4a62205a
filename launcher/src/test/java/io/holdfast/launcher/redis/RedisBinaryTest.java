package io.holdfast.launcher.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {
    @TempDir
    private Path folder;

    @Test
    void prefersARecentServerOnThePath() throws IOException {
        Path server = serverSaying("valkey-server", "Valkey server v=8.1.0 sha=00000000:0 bits=64");
        RedisBinary binary = RedisBinary.find(Map.of("PATH", folder.toString()));
        assertThat(binary).isEqualTo(new RedisBinary(server, "8.1.0", false));
    }

    @Test
    void usesTheEmbeddedServerWhereThePathHasOnlyAnOldOne() throws IOException {
        serverSaying("redis-server", "Redis server v=6.0.16 sha=00000000:0 bits=64");
        RedisBinary binary = RedisBinary.find(Map.of("PATH", folder.toString(), "XDG_CACHE_HOME", folder.toString()));
        assertThat(binary.embedded()).isTrue();
        assertThat(binary.version()).startsWith("6.2.");
        assertThat(binary.executable()).startsWith(folder).isExecutable();
    }

    @Test
    void unpacksTheEmbeddedServerOnce() throws IOException {
        Map<String, String> environment = Map.of(RedisBinary.OVERRIDE, "embedded", "XDG_CACHE_HOME", folder.toString());
        RedisBinary first = RedisBinary.find(environment);
        Object key = Files.readAttributes(first.executable(), BasicFileAttributes.class)
                .fileKey();
        RedisBinary second = RedisBinary.find(environment);
        assertThat(second).isEqualTo(first);
        assertThat(Files.readAttributes(second.executable(), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(key);
    }

    @Test
    void saysSoWhenTheChosenServerIsNone() {
        assertThatThrownBy(() -> RedisBinary.find(Map.of(RedisBinary.OVERRIDE, "/no/such/server")))
                .isInstanceOf(RedisException.class)
                .hasMessageContaining("HOLDFAST_REDIS_SERVER=/no/such/server");
    }

    private Path serverSaying(String name, String version) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\necho '" + version + "'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }
}
