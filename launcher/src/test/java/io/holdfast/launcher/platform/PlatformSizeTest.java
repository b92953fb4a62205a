package io.holdfast.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.redis.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformSizeTest {
    private static final PlatformSize USUAL = new PlatformSize(8080, 2, 2, new RedisChoice.Cluster());

    @Test
    void placesEverybodyByThePortOfTheGateway() {
        PortPlan ports = USUAL.ports();
        assertThat(ports.port(Role.GATEWAY, 1)).isEqualTo(8080);
        assertThat(ports.port(Role.APP, 2)).isEqualTo(8082);
        assertThat(ports.port(Role.STORAGE, 1)).isEqualTo(8181);
        assertThat(ports.port(Role.REDIS, 6)).isEqualTo(8386);
        assertThat(PortPlan.management(8181)).isEqualTo(9181);
    }

    @Test
    void givesEveryPortToOneOwnerOnly() {
        List<PortPlan.Use> uses = new PlatformSize(8080, 99, 99, new RedisChoice.Cluster())
                .ports()
                .uses();
        assertThat(uses).hasSize(2 * (1 + 99 + 99) + 2 * 6);
        assertThat(uses.stream().map(PortPlan.Use::port)).doesNotHaveDuplicates();
    }

    @Test
    void countsNoBusForASingleServerAndNoRedisForSomebodyElses() {
        assertThat(new PlatformSize(8080, 1, 1, new RedisChoice.Single())
                        .ports()
                        .uses())
                .hasSize(7);
        assertThat(new PlatformSize(8080, 1, 1, RedisChoice.parse("one:1,two:2"))
                        .ports()
                        .uses())
                .hasSize(6);
    }

    @Test
    void namesTheOwnerOfATakenPort() throws IOException {
        PortPlan ports = PortPlan.free(1, 1, new RedisChoice.Single()).ports();
        int managementOfApp = PortPlan.management(ports.port(Role.APP, 1));
        try (ServerSocket _ = new ServerSocket(managementOfApp, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(LauncherException.class)
                    .hasMessageContaining("Port " + managementOfApp + " for the management of app-1 is taken")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatThrownBy(() -> new PlatformSize(55_230, 2, 2, new RedisChoice.Cluster()))
                .hasMessageContaining("--port must be from 1 to 55229, not 55230");
        assertThatThrownBy(() -> new PlatformSize(0, 2, 2, new RedisChoice.Cluster()))
                .hasMessageContaining("--port");
        assertThatThrownBy(() -> new PlatformSize(8080, 0, 2, new RedisChoice.Cluster()))
                .hasMessageContaining("--apps must be from 1 to 99, not 0");
        assertThatThrownBy(() -> new PlatformSize(8080, 2, 100, new RedisChoice.Cluster()))
                .hasMessageContaining("--storages");
    }

    @Test
    void readsTheChoiceOfRedis() {
        assertThat(RedisChoice.parse("cluster").ownNodes()).isEqualTo(6);
        assertThat(RedisChoice.parse("single").ownNodes()).isEqualTo(1);
        assertThat(RedisChoice.parse("one:7001,two:7002"))
                .isEqualTo(
                        new RedisChoice.Existing(List.of(new NodeAddress("one", 7001), new NodeAddress("two", 7002))));
        assertThatThrownBy(() -> RedisChoice.parse("sentinel"))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("'sentinel'");
    }

    @Test
    void tellsEachServiceWhomItAsks() {
        ServiceArguments arguments = new ServiceArguments(USUAL, RedisLocation.of(USUAL, "secret"));
        assertThat(arguments.of(Role.GATEWAY, 1))
                .contains(
                        "--server.port=8080",
                        "--management.server.port=9080",
                        "--holdfast.load-balancing.services.app-service.instances=http://127.0.0.1:8081,http://127.0.0.1:8082");
        assertThat(arguments.of(Role.APP, 2))
                .contains(
                        "--server.port=8082",
                        "--server.address=127.0.0.1",
                        "--holdfast.load-balancing.services.storage-service.instances=http://127.0.0.1:8181,http://127.0.0.1:8182");
        assertThat(arguments.of(Role.STORAGE, 1))
                .contains("--spring.data.redis.cluster.nodes=127.0.0.1:8381,127.0.0.1:8382,127.0.0.1:8383,"
                        + "127.0.0.1:8384,127.0.0.1:8385,127.0.0.1:8386")
                .noneMatch(argument -> argument.contains("secret"));
    }

    @Test
    void tellsStorageOfASingleServer() {
        PlatformSize single = new PlatformSize(8080, 1, 1, new RedisChoice.Single());
        assertThat(new ServiceArguments(single, RedisLocation.of(single, "")).of(Role.STORAGE, 1))
                .contains("--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=8381");
    }
}
