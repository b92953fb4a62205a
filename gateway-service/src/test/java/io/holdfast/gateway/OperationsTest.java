package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.gateway.RawClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.web.server.WebFilter;

/// What an operator sees of the gateway, and anybody without a key.
class OperationsTest {
    @RegisterExtension
    private static final GatewayFixture FIXTURE = new GatewayFixture();

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void answersProbesOnThePublicPort(String path) {
        Answer answer = get(FIXTURE.gateway().port(), path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("UP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/v3/api-docs/swagger-config"
            })
    void showsTheApisDescriptionWithoutAKey(String path) throws InterruptedException {
        assertThat(get(FIXTURE.gateway().port(), path).status()).isEqualTo(200);

        TestOrigin.Asked asked = FIXTURE.origin().takeAsked();
        assertThat(asked.target()).isEqualTo(path);
        assertThat(asked.headers().contains("Holdfast-Caller")).isFalse();
    }

    @Test
    void measuresRequestsByAreaAndStatus() {
        get(FIXTURE.gateway().port(), "/nowhere");

        String metrics =
                get(FIXTURE.gateway().managementPort(), "/actuator/prometheus").body();

        assertThat(metrics)
                .contains("http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"/other\"}")
                .contains("holdfast_gateway_connections")
                .contains("holdfast_gateway_requests");
    }

    @Test
    void showsHealthWithDetailsOnTheManagementPortOnly() {
        assertThat(get(FIXTURE.gateway().managementPort(), "/actuator/health").body())
                .contains("components");
        Problem.assertIs(get(FIXTURE.gateway().port(), "/actuator/health"), ProblemType.NOT_FOUND);
        assertThat(get(FIXTURE.gateway().managementPort(), "/actuator/nothing").status())
                .isEqualTo(404);
    }

    @Test
    void runsNoFilterThatIsNotNeeded() {
        assertThat(FIXTURE.gateway().context().getBeansOfType(WebFilter.class)).isEmpty();
        assertThat(FIXTURE.gateway().context().getBeansOfType(GlobalFilter.class))
                .hasSize(5);
    }

    @Test
    void doesNotStartWithoutAKey() {
        assertThatThrownBy(() -> SpringApplication.run(
                        GatewayApplication.class,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--holdfast.internal.credential=" + TestGateway.CREDENTIAL))
                .rootCause()
                .hasMessageContaining("No API key is configured");
    }

    private static Answer get(int port, String path) {
        try (RawClient client = new RawClient(port)) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
        }
    }
}
