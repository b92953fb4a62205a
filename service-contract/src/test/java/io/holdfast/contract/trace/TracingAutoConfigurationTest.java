package io.holdfast.contract.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TracingAutoConfigurationTest {
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues("spring.application.name=some-service")
            .withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class));

    @Test
    void recordsNothingUnlessToldWhereTo() {
        service.run(context ->
                assertThat(isRecorded(context.getBean(Tracing.class))).isFalse());
        service.withPropertyValues("holdfast.tracing.endpoint=")
                .run(context ->
                        assertThat(isRecorded(context.getBean(Tracing.class))).isFalse());
    }

    @Test
    void sendsSpansByOtlp() throws IOException {
        BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        HttpServer collector = collector(200, bodies);
        try {
            service.withPropertyValues(endpointOf(collector), "holdfast.tracing.interval=10ms")
                    .run(context -> {
                        Span span = context.getBean(Tracing.class).call("GET /somewhere");
                        Tracing.end(span, 200);
                        byte[] body = bodies.poll(20, TimeUnit.SECONDS);
                        assertThat(body).isNotNull();
                        assertThat(new String(body, StandardCharsets.ISO_8859_1))
                                .contains(
                                        "GET /somewhere",
                                        "some-service",
                                        bytes(span.getSpanContext().getTraceId()));
                        assertCounted(context.getBean(SimpleMeterRegistry.class), "sent");
                    });
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void countsWhatTheCollectorRefused() throws IOException {
        HttpServer collector = collector(400, new LinkedBlockingQueue<>());
        try {
            service.withPropertyValues(endpointOf(collector), "holdfast.tracing.interval=10ms")
                    .run(context -> {
                        Tracing.end(context.getBean(Tracing.class).call("GET"), 0);
                        assertCounted(context.getBean(SimpleMeterRegistry.class), "failed");
                    });
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void recordsNoneOfTheTracesWhereNoneIsWanted() {
        service.withPropertyValues("holdfast.tracing.endpoint=http://127.0.0.1:1/", "holdfast.tracing.sampled=0")
                .run(context ->
                        assertThat(isRecorded(context.getBean(Tracing.class))).isFalse());
    }

    @Test
    void propertiesHaveDefaultsAndBind() {
        service.run(context -> assertThat(context.getBean(TracingProperties.class))
                .isEqualTo(new TracingProperties(null, 1, 2048, Duration.ofSeconds(5), Duration.ofSeconds(5))));
        service.withPropertyValues(
                        "holdfast.tracing.endpoint=http://collector:4318/v1/traces",
                        "holdfast.tracing.sampled=0.25",
                        "holdfast.tracing.max-waiting=1024",
                        "holdfast.tracing.interval=1s",
                        "holdfast.tracing.timeout=2s")
                .run(context -> assertThat(context.getBean(TracingProperties.class))
                        .isEqualTo(new TracingProperties(
                                URI.create("http://collector:4318/v1/traces"),
                                0.25,
                                1024,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2))));
        service.withPropertyValues("holdfast.tracing.sampled=1.5")
                .run(context -> assertThat(context).hasFailed());
    }

    private static boolean isRecorded(Tracing tracing) {
        return tracing.call("GET").isRecording();
    }

    private static HttpServer collector(int status, BlockingQueue<byte[]> bodies) throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    private static String endpointOf(HttpServer collector) {
        return "holdfast.tracing.endpoint=http://127.0.0.1:%d/v1/traces"
                .formatted(collector.getAddress().getPort());
    }

    private static void assertCounted(SimpleMeterRegistry meters, String outcome) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(meters.get("holdfast.tracing.spans")
                                .tag("outcome", outcome)
                                .counter()
                                .count())
                        .isEqualTo(1));
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }
}
