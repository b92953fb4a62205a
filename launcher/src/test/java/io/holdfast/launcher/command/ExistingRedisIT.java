package io.holdfast.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.launcher.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The launcher on a Redis that somebody else runs.
class ExistingRedisIT {
    private final FakePlatform platform = new FakePlatform();

    ExistingRedisIT() throws IOException {}

    @AfterEach
    void endWhatIsLeft() {
        platform.close();
    }

    @Test
    void usesASingleServerWithItsPassword() throws IOException, InterruptedException {
        try (RedisServer existing = RedisServer.start(platform.folder().resolve("existing"), 0, "secret")) {
            Path password = Files.writeString(platform.folder().resolve("password"), "secret\n");
            String address = existing.address().toString();
            assertThat(platform.up("--redis", address).output()).contains("does not answer", "HOLDFAST_REDIS_PASSWORD");
            FakePlatform.Result up = platform.up("--redis", address, "--redis-password-file", password.toString());
            assertThat(up.exitCode()).as(up.output()).isZero();
            assertThat(platform.get(101, "/arguments"))
                    .contains("--spring.data.redis.port=" + existing.address().port());
            assertThat(platform.status().redis().getFirst().role()).isEqualTo("primary");
            platform.run("down");
            assertThat(existing.admin().answers()).isTrue();
        }
    }
}
