package io.holdfast.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.launcher.supervisor.PlatformStatus.RedisStatus;
import io.holdfast.launcher.supervisor.PlatformStatus.ServiceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatusTableTest {
    private static final PlatformStatus STATUS = new PlatformStatus(
            "http://127.0.0.1:8080",
            List.of(
                    new ServiceStatus("gateway-1", "gateway", 11L, 8080, 9080, "ready"),
                    new ServiceStatus("app-1", "app", null, 8081, 9081, "stopped")),
            List.of(new RedisStatus("redis-1", 4711L, "127.0.0.1", 8381, "primary", 5461, 12L, "ready")));

    @Test
    void alignsWhatRuns() {
        assertThat(new StatusTable(STATUS).lines())
                .containsExactly(
                        "NAME       PID   ADDRESS                STATE    REDIS",
                        "gateway-1  11    http://127.0.0.1:8080  ready",
                        "app-1      -     http://127.0.0.1:8081  stopped",
                        "redis-1    4711  127.0.0.1:8381         ready    primary, 5461 slots, 12 keys");
    }

    @Test
    void hasTheDocumentedJson() {
        assertThat(JsonMapper.shared().writeValueAsString(STATUS)).isEqualTo("""
                {"url":"http://127.0.0.1:8080","processes":[\
                {"name":"gateway-1","role":"gateway","pid":11,"port":8080,"managementPort":9080,"state":"ready"},\
                {"name":"app-1","role":"app","pid":null,"port":8081,"managementPort":9081,"state":"stopped"}],\
                "redis":[{"name":"redis-1","pid":4711,"host":"127.0.0.1","port":8381,"role":"primary","slots":5461,"keys":12,\
                "state":"ready"}]}""");
    }
}
