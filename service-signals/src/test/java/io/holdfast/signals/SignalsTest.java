package io.holdfast.signals;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// A service as a stranger would write it, on a real server, with this module added and nothing else.
class SignalsTest {
    private static final Pattern REPORT = Pattern.compile(
            "TEXT cpu_utilization=[0-9.]+,mem_utilization=[0-9.]+,rps_fractional=([0-9.]+),eps=([0-9.]+)");

    private final ServletWebServerApplicationContext service =
            (ServletWebServerApplicationContext) new SpringApplication(Service.class)
                    .run(
                            "--server.port=0",
                            "--server.address=127.0.0.1",
                            "--holdfast.signals.load-report.interval=10ms",
                            "--holdfast.signals.drain.notice=1s",
                            "--management.endpoint.health.probes.add-additional-paths=true",
                            "--spring.main.banner-mode=off",
                            "--logging.level.root=off");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/ok, 200",
        "/later, 200",
        "/streamed, 200",
        "/nowhere, 404",
        "/refused, 503",
        "/broken, 500",
        "/reset, 502",
        "/livez, 200",
        "/readyz, 200"
    })
    void everyAnswerCarriesAReport(String path, int status) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues(SignalsFilter.LOAD))
                .singleElement()
                .asString()
                .matches(REPORT);
        assertThat(answer.headers().firstValue(SignalsFilter.DRAINING)).isEmpty();
    }

    @Test
    void countsRequestsAndServerErrorsButNoProbes() {
        await().until(() -> rate(get("/nowhere"), 1) > 0);
        await().untilAsserted(() -> assertThat(rate(get("/livez"), 1)).isZero());
        await().until(() -> rate(get("/broken"), 2) > 0);
        await().untilAsserted(() -> assertThat(rate(get("/nowhere"), 2)).isZero());
    }

    @Test
    void tellsThatItStopsWhileItGoesOnServing() throws Exception {
        get("/ok");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(service::close);
        await().pollInterval(Duration.ofMillis(5)).until(() -> draining(get("/ok")));
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(draining(ready)).isTrue();
        assertThat(get("/ok").statusCode()).isEqualTo(200);
        assertThat(get("/ok").headers().firstValue("Connection")).hasValue("close");
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(20));
    }

    private static boolean draining(HttpResponse<String> answer) {
        return answer.headers().firstValue(SignalsFilter.DRAINING).equals(Optional.of("true"));
    }

    private static double rate(HttpResponse<String> answer, int group) {
        Matcher report =
                REPORT.matcher(answer.headers().firstValue(SignalsFilter.LOAD).orElseThrow());
        assertThat(report.matches()).isTrue();
        return Double.parseDouble(report.group(group));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        int port = requireNonNull(service.getWebServer()).getPort();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Endpoints.class)
    static class Service {}

    @RestController
    static class Endpoints {
        @GetMapping("/ok")
        String ok() {
            return "ok";
        }

        @GetMapping("/later")
        Callable<String> later() {
            return () -> "later";
        }

        @GetMapping("/streamed")
        void streamed(HttpServletResponse response) throws IOException {
            response.flushBuffer();
            response.getWriter().print("part");
        }

        @GetMapping("/refused")
        void refused(HttpServletResponse response) throws IOException {
            response.sendError(503);
        }

        @GetMapping("/reset")
        void reset(HttpServletResponse response) throws IOException {
            response.reset();
            response.setStatus(502);
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("as the test wants it");
        }
    }
}
