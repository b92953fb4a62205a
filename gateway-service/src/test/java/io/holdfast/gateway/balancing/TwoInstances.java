package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.Upstreams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// A gateway in front of two instances of one service. What its tests need beyond that, they configure
/// themselves.
@BalancingTest
abstract class TwoInstances {
    static final BalancedOrigin FIRST = new BalancedOrigin();
    static final BalancedOrigin SECOND = new BalancedOrigin();

    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    private Upstreams upstreams;

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

    @BeforeEach
    void bothWell() {
        FIRST.reset();
        SECOND.reset();
        allReady();
    }

    void allReady() {
        upstream().members().forEach(instance -> upstream().ready(instance, System.nanoTime()));
    }

    Upstream upstream() {
        return upstreams.find("app-service").orElseThrow();
    }

    HttpResponse<String> send(String method, String target, String body) throws IOException, InterruptedException {
        return send(method, target, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(String method, String target, BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(to(target).method(method, body).build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    }

    static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.body()).isEqualTo(type);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
