package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Instances that restart in turn, under load, with everything as it is by default.
@SpringBootTest(
        classes = BalancingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=balancing-test",
            "spring.main.web-application-type=reactive",
            "spring.cloud.gateway.server.webflux.global-filter.reactive-load-balancer-client.enabled=false",
            "holdfast.load-balancing.probe.interval=100ms"
        })
@Timeout(120)
class RestartsTest {
    private static final BalancedOrigin FIRST = new BalancedOrigin();
    private static final BalancedOrigin SECOND = new BalancedOrigin();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void instances(DynamicPropertyRegistry properties) {
        FIRST.start();
        SECOND.start();
        properties.add(
                "holdfast.load-balancing.services.app-service.instances", () -> FIRST.uri() + "," + SECOND.uri());
    }

    @AfterAll
    static void stop() {
        FIRST.stop();
        SECOND.stop();
    }

    @Test
    void failNoRead() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 8; round++) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    answers.add(callers.submit(this::get));
                }
                BalancedOrigin restarted = round % 2 == 0 ? FIRST : SECOND;
                restarted.stop();
                restarted.start();
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isEqualTo(200);
                }
            }
        }
    }

    private int get() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
