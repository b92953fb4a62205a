package io.holdfast.launcher.balancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.launcher.supervisor.PlatformStatus;
import io.holdfast.launcher.supervisor.PlatformStatus.ServiceStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final String SERVICES = """
            {"services": {"app-service": {"strategy": "least-connections", "panic": false, "instances": [
              {"id": "127.0.0.1:8081", "state": "healthy", "weight": 1.0, "inFlight": 3, "latencyMillis": 1.25,
               "cpu": 0.31, "memory": 0.4, "requests": 120, "failures": 0, "why": "ready"},
              {"id": "127.0.0.1:8082", "state": "unhealthy", "weight": 1.0, "inFlight": 0, "latencyMillis": null,
               "cpu": null, "memory": null, "requests": 0, "failures": 2, "why": "connection refused"}]}}}""";

    private final HttpServer management;
    private String answer = SERVICES;

    CallersTest() throws IOException {
        management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        management.createContext("/actuator/loadbalancer", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        management.start();
    }

    @AfterEach
    void stop() {
        management.stop(0);
    }

    @Test
    void showsWhatEachCallerSees() {
        assertThat(lines(management.getAddress().getPort()))
                .containsExactly(
                        "gateway-1 → app-service, least-connections",
                        "INSTANCE        STATE      WEIGHT  IN FLIGHT  LATENCY  CPU   MEMORY  REQUESTS  FAILURES  WHY",
                        "127.0.0.1:8081  healthy    1.0     3          1.3 ms   31 %  40 %    120       0         ready",
                        "127.0.0.1:8082  unhealthy  1.0     0          -        -     -       0         2         "
                                + "connection refused",
                        "");
    }

    @Test
    void tellsThatACallerDoesNotAnswer() {
        assertThat(lines(1)).containsExactly("gateway-1: does not answer", "");
        answer = "no JSON";
        assertThat(lines(management.getAddress().getPort())).containsExactly("gateway-1: does not answer", "");
    }

    private static List<String> lines(int managementPort) {
        PlatformStatus status = new PlatformStatus(
                "http://127.0.0.1:8080",
                List.of(
                        new ServiceStatus("gateway-1", "gateway", 1L, 8080, managementPort, "ready"),
                        new ServiceStatus("storage-1", "storage", 2L, 8181, 1, "ready")),
                List.of());
        try (Callers callers = new Callers()) {
            return new BalancerTable(callers.ask(status)).lines();
        }
    }
}
