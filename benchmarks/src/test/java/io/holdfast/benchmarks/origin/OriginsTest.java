package io.holdfast.benchmarks.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final String REPORT = "endpoint-load-metrics";

    private TestOrigins origins;

    @BeforeEach
    void start() throws InterruptedException {
        origins = new TestOrigins(2);
    }

    @AfterEach
    void stop() {
        origins.close();
    }

    @Test
    void answersWithABodyOfTheSizeAskedFor() {
        origins.control(0, "body=321");

        HttpResponse<String> answer = origins.get(0, "/anything");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(321);
        assertThat(origins.counts(0).answered()).isEqualTo(1);
        assertThat(origins.counts(1).requests()).isZero();
    }

    @Test
    void failsWithStatus500WhileItSaysItIsReady() {
        origins.control(0, "failure=status");

        assertThat(origins.get(0, "/").statusCode()).isEqualTo(500);
        assertThat(origins.get(0, "/readyz").statusCode()).isEqualTo(200);
        assertThat(origins.counts(0).failed()).isEqualTo(1);
        assertThat(origins.get(1, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void isNotReadyWhenToldSo() {
        origins.control(0, "ready=false");

        assertThat(origins.get(0, "/readyz").statusCode()).isEqualTo(503);
        assertThat(origins.get(0, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void failsTheShareAskedFor() {
        origins.control(0, "failure=status&failure-share=0.25&failure-delay=0ms");

        int failed = 0;
        for (int i = 0; i < 400; i++) {
            failed += origins.get(0, "/").statusCode() == 500 ? 1 : 0;
        }

        assertThat(failed).isBetween(60, 140); // 100 expected, standard deviation 8.7
    }

    @Test
    void endsTheConnectionHalfWay() {
        origins.control(0, "failure=cut-off");

        assertThatThrownBy(() -> origins.get(0, "/")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void reportsTheUtilisationItHas() {
        origins.control(0, "service-time=fixed:300ms&concurrency=2");

        // One request at a time keeps one of two slots busy, apart from the time between requests.
        await().until(() -> utilisation() > 0.2);
        assertThat(utilisation()).isLessThan(0.51);
    }

    private double utilisation() {
        String report = origins.get(0, "/").headers().firstValue(REPORT).orElse("");
        return report.startsWith("TEXT cpu_utilization=")
                ? Double.parseDouble(report.substring(report.indexOf('=') + 1, report.indexOf(',')))
                : 0;
    }

    @Test
    void reportsNothingWithoutACapacity() {
        assertThat(origins.get(0, "/").headers().firstValue(REPORT)).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        HttpResponse<String> answer = origins.control(0, "failure-share=2");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("failure-share is 2", "0 to 1");
        assertThat(origins.control(0, "colour=red").body()).contains("colour", "service-time");
        assertThat(origins.control(0, "service-time=often").body()).contains("often", "exponential:5ms");
    }
}
