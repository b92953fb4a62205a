package io.holdfast.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.app.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.core.env.Environment;

/// What operators see.
class OperationsTest extends AppServiceTest {
    @LocalManagementPort
    private int managementPort;

    @Test
    void healthSaysWhatItIsMadeOf() throws IOException {
        Answer health = management("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("components").has("readinessState")).isTrue();
        assertThat(health.json().path("groups").toString()).isEqualTo("[\"liveness\",\"readiness\"]");
    }

    @Test
    void metricsCountCallsByTheirPatternAndShowWhatIsFree() throws IOException {
        client.get(DOCUMENTS + "/some-id");
        String metrics = management("/actuator/prometheus").text();
        assertThat(metrics)
                .contains("uri=\"/api/v1/collections/{collection}/documents/{id}\"")
                .contains("holdfast_admission_requests_free")
                .contains("holdfast_admission_streams_free{")
                .contains("kind=\"transfer\"")
                .contains("holdfast_admission_memory_free_bytes")
                .doesNotContain("some-id");
    }

    @Test
    void everyAnswerTellsTheLoad() throws IOException {
        for (String path : List.of(DOCUMENTS + "/some-id", "/nowhere", "/livez", "/readyz")) {
            assertThat(client.get(path).header("endpoint-load-metrics"))
                    .as(path)
                    .startsWith("TEXT cpu_utilization=");
        }
    }

    @Test
    void virtualThreadsServeRequests(@Autowired Environment environment) {
        assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
        store.intercept(_ -> {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            return null;
        });
        assertThat(new RawClient(port, CREDENTIAL))
                .satisfies(client ->
                        assertThat(client.get(DOCUMENTS + "/a").status()).isEqualTo(404));
    }

    @Test
    void managementIsNotOnTheMainPort() throws IOException {
        assertThat(client.get("/actuator/prometheus").status()).isEqualTo(404);
        assertThat(client.get("/livez").json().path("status").asString()).isEqualTo("UP");
        assertThat(management("/actuator/env").status()).isEqualTo(404);
    }

    private Answer management(String path) throws IOException {
        return new RawClient(managementPort, "none").get(path, "Accept: */*");
    }
}
