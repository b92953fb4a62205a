package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class AdminServiceTest {
    private static final String PASSWORD = "a-password-of-16-or-more";
    private static final String JSON = "application/json";
    private static HttpServer watched;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws IOException {
        watched = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        watched.createContext("/actuator/health", exchange -> {
            byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        watched.start();
        service = run(
                "--holdfast.admin.login.password=" + PASSWORD,
                "--holdfast.admin.services.app-service.host=127.0.0.1",
                "--holdfast.admin.services.app-service.management-ports="
                        + watched.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
        watched.stop(0);
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return new SpringApplicationBuilder(AdminServiceApplication.class)
                .properties("server.port=0", "management.server.port=0")
                .run(arguments);
    }

    @Test
    void findsInstancesByItself() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(get("/applications", PASSWORD, JSON).body())
                                .contains("app-service", "\"status\":\"UP\""));
    }

    @Test
    void showsNothingWithoutThePassword() throws IOException, InterruptedException {
        for (String path : new String[] {"/applications", "/instances", "/"}) {
            assertThat(get(path, null, JSON).statusCode()).as(path).isIn(302, 401);
            assertThat(get(path, "wrong-password-of-16", JSON).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(get("/login", null, "text/html").statusCode()).isEqualTo(200);
        assertThat(get("/readyz", null, JSON).statusCode()).isEqualTo(200);
    }

    @Test
    void listensOnTheLoopbackOnly() {
        assertThat(service.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void doesNotStartWithoutAPassword() {
        assertThatThrownBy(() -> run().close()).hasStackTraceContaining("holdfast.admin.login");
    }

    private static HttpResponse<String> get(String path, @Nullable String password, String accept)
            throws IOException, InterruptedException {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", accept);
        if (password != null) {
            String login = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
