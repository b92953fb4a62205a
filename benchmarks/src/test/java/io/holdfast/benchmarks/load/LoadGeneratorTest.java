package io.holdfast.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.origin.TestOrigins;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against origins that misbehave as told. Times are lower bounds only: a machine can always be slower.
class LoadGeneratorTest {
    private final LoadGenerator generator = new LoadGenerator();
    private TestOrigins origins;

    @BeforeEach
    void start() throws InterruptedException {
        origins = new TestOrigins(1);
    }

    @AfterEach
    void stop() {
        generator.close();
        origins.close();
    }

    @Test
    void sendsAllThatIsOnTheSchedule() throws Exception {
        Result result = generator.open(target(), Load.constant(500, Duration.ofMillis(500)));

        assertThat(result.sent()).isEqualTo(250);
        assertThat(result.succeeded()).isEqualTo(250);
        assertThat(origins.counts(0).answered()).isEqualTo(250);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void seesThePauseInAllRequestsThatFellIntoIt() throws Exception {
        // One request at a time, 50 ms each, asked for every 10 ms: the queue grows by 40 ms with each.
        origins.control(0, "service-time=fixed:50ms&concurrency=1");

        Result result = generator.open(target(), Load.constant(100, Duration.ofMillis(400)));

        // The last of 40 is through after 40 × 50 ms, and should have started at 390 ms.
        assertThat(result.max()).isGreaterThan(1500);
        assertThat(result.p50()).isGreaterThan(700);
    }

    @Test
    void countsTheWaitForAConnection() throws Exception {
        origins.control(0, "service-time=fixed:50ms");

        Result result = generator.open(
                target(), Load.constant(100, Duration.ofMillis(400)).withConnections(1));

        assertThat(result.max()).isGreaterThan(1500);
        assertThat(result.succeeded()).isEqualTo(40);
    }

    @Test
    void closedLoopHasNoMoreUnderWayThanConnections() throws Exception {
        origins.control(0, "service-time=fixed:20ms&concurrency=4&queue=0");

        Result result = generator.closed(
                target(), Load.constant(0, Duration.ofMillis(400)).withConnections(4));

        assertThat(result.failures()).isEmpty();
        assertThat(result.succeeded()).isBetween(4L, 84L);
    }

    @Test
    void tellsFailuresApart() throws Exception {
        assertThat(failuresWith("failure=status")).isEqualTo("500: 20");
        assertThat(failuresWith("failure=cut-off")).isEqualTo("cut-off: 20");
        assertThat(failuresWith("failure=none&service-time=fixed:10s&concurrency=1&queue=0"))
                .isEqualTo("503: 19, timed-out: 1");
    }

    @Test
    void givesUpOnWhatHangs() throws Exception {
        assertThat(failuresWith("failure=hang")).isEqualTo("timed-out: 20");
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Target nobody = new Target(URI.create("http://127.0.0.1:" + free + "/"), Map.of());

        assertThat(generator.open(nobody, shortLoad(0)).failuresByKind()).isEqualTo("not-connected: 20");
    }

    @Test
    void cancelsTheShareThatWasAskedFor() throws Exception {
        origins.control(0, "service-time=fixed:2s");

        Result all = generator.open(target(), shortLoad(1));

        assertThat(all.cancelled()).isEqualTo(20);
        assertThat(all.failed()).isZero();
    }

    private String failuresWith(String behaviour) throws InterruptedException {
        origins.control(0, behaviour);
        return generator.open(target(), shortLoad(0)).failuresByKind();
    }

    /// 20 requests in 0.2 s, each of which may take 1 s.
    private static Load shortLoad(double cancelledShare) {
        return new Load(
                100,
                Duration.ofMillis(200),
                false,
                64,
                100,
                Duration.ofSeconds(1),
                cancelledShare,
                Duration.ofMillis(50),
                7);
    }

    private Target target() {
        return new Target(URI.create("http://127.0.0.1:" + origins.port(0) + "/x"), Map.of("a", "b"));
    }
}
