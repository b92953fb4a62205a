package io.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// One request leaves one trace: in the log lines of all services, and at a collector.
class TraceIT {
    private static final String ACCESS_LOG = "LOGGING_LEVEL_HOLDFAST_ACCESS";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String[] SERVICES = {"gateway-1", "app-1", "storage-1"};
    private static final Queue<String> SPANS = new ConcurrentLinkedQueue<>();

    private static HttpServer collector;
    private static Platform platform;

    /// JSON logs, and spans to a collector. One Redis server is enough.
    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            SPANS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        platform = Platform.withEnvironment(
                Map.of(
                        ACCESS_LOG,
                        "info",
                        "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                        "ecs",
                        "HOLDFAST_TRACING_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
                        "HOLDFAST_TRACING_INTERVAL",
                        "100ms"),
                "--redis",
                "single",
                "--apps",
                "1",
                "--storages",
                "1");
    }

    @AfterAll
    static void stop() {
        platform.down();
        collector.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-1", "app-1", "storage-1"})
    void logsOneTraceAtEachHop(String service) {
        String trace = "4bf92f3577b34da6a3ce929d0e0e47" + HexFormat.of().toHexDigits((byte) service.charAt(0));
        HttpResponse<byte[]> response = put(trace, "r-" + service, "logged");
        assertThat(response.statusCode()).isIn(200, 201);
        await().untilAsserted(() -> assertThat(lines(service, trace)).isNotEmpty());
        for (JsonNode line : lines(service, trace)) {
            assertThat(line.get("requestId").asString()).isEqualTo("r-" + service);
            assertThat(line.get("traceId").asString()).isEqualTo(trace);
            assertThat(line.get("spanId").asString()).matches("[0-9a-f]{16}").isNotEqualTo(PARENT);
            assertThat(line.get("http").get("response").get("status_code").asInt())
                    .isBetween(200, 201);
        }
    }

    @Test
    void eachHopHasASpanOfItsOwn() {
        String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
        put(trace, "r-spans", "spans");
        await().untilAsserted(() -> assertThat(Stream.of(SERVICES)
                        .flatMap(service -> lines(service, trace).stream())
                        .map(line -> line.get("spanId").asString())
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void sendsTheSpansOfAllServicesToTheCollector() {
        String trace = "6bf92f3577b34da6a3ce929d0e0e4736";
        put(trace, "r-collected", "collected");
        String id = new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
        await().untilAsserted(() -> {
            for (String service : List.of("gateway-service", "app-service", "storage-service")) {
                assertThat(SPANS).anyMatch(sent -> sent.contains(service) && sent.contains(id));
            }
        });
    }

    private static HttpResponse<byte[]> put(String trace, String request, String id) {
        return platform.api()
                .putTo(
                        Api.document("traced", id),
                        "{}",
                        "traceparent",
                        "00-" + trace + "-" + PARENT + "-01",
                        "X-Request-Id",
                        request);
    }

    private static List<JsonNode> lines(String service, String trace) {
        try (Stream<String> lines = Files.lines(platform.log(service))) {
            return lines.filter(line -> line.contains(trace))
                    .map(Api.JSON::readTree)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
