package io.holdfast.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisCluster;
import io.holdfast.launcher.redis.RedisServer;
import io.holdfast.launcher.supervisor.PlatformStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void usesAClusterOfWhichItIsToldOneNode() throws IOException, InterruptedException {
        try (RedisCluster existing = RedisCluster.start(platform.folder().resolve("existing"), 0, "secret")) {
            Path password = Files.writeString(platform.folder().resolve("password"), "secret\n");
            String one = existing.nodes().getLast().toString();
            FakePlatform.Result up = platform.up("--redis", one, "--redis-password-file", password.toString());
            assertThat(up.exitCode()).as(up.output()).isZero();

            assertThat(nodesToldToStorage()).containsExactlyInAnyOrderElementsOf(existing.nodes());
            assertThat(platform.data().resolve("secrets", "spring.data.redis.password"))
                    .hasContent("secret");
            assertThat(platform.status().redis())
                    .allSatisfy(node -> assertThat(node.pid()).isNull())
                    .extracting(PlatformStatus.RedisStatus::role)
                    .containsExactlyInAnyOrder("primary", "primary", "primary", "replica", "replica", "replica");

            assertThat(platform.run("down").exitCode()).isZero();
            existing.awaitHealthy();
        }
    }

    @Test
    void usesAClusterWithoutAPasswordUnlessSlotsAreMissing() throws IOException, InterruptedException {
        try (RedisCluster existing = RedisCluster.start(platform.folder().resolve("existing"), 0, 3, 0, "")) {
            FakePlatform.Result up = platform.up("--redis", existing.addresses());
            assertThat(up.exitCode()).as(up.output()).isZero();
            assertThat(nodesToldToStorage()).containsExactlyInAnyOrderElementsOf(existing.nodes());
            assertThat(platform.data().resolve("secrets", "spring.data.redis.password"))
                    .doesNotExist();
            platform.run("down");

            existing.admin(0).ask("CLUSTER", "DELSLOTS", "0");
            FakePlatform.Result refused = platform.up("--redis", existing.addresses());
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output()).contains("does not serve all of its 16384 slots", "--cluster check");
        }
    }

    private List<NodeAddress> nodesToldToStorage() throws IOException {
        String argument = "--spring.data.redis.cluster.nodes=";
        return platform.get(101, "/arguments")
                .lines()
                .filter(line -> line.startsWith(argument))
                .flatMap(line -> NodeAddress.parseList(line.substring(argument.length())).stream())
                .toList();
    }
}
