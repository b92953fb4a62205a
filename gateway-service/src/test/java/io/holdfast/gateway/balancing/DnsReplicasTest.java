package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.test.dns.TestDnsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/// Replicas behind one name that come and go under load, and a name server that does. `-Ddns.outage=PT1M` says for how
/// long it is gone.
@BalancingTest
@TestPropertySource(
        properties = {
            "holdfast.load-balancing.services.app-service.dns.name=" + DnsReplicasTest.NAME,
            "holdfast.load-balancing.services.app-service.dns.type=srv"
        })
@Timeout(180)
class DnsReplicasTest {
    static final String NAME = "_http._tcp.app.test.";
    private static final int CLIENTS = 4;
    private static final Duration OUTAGE = Duration.parse(System.getProperty("dns.outage", "PT4S"));
    private static final TestDnsServer DNS = new TestDnsServer();
    private static final BalancedOrigin FIRST = new BalancedOrigin();
    private static final BalancedOrigin SECOND = new BalancedOrigin();
    private static final BalancedOrigin THIRD = new BalancedOrigin();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Autowired
    private Upstreams upstreams;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void name(DynamicPropertyRegistry properties) {
        Stream.of(FIRST, SECOND, THIRD).forEach(BalancedOrigin::start);
        DNS.addresses("host.test.", 60, "127.0.0.1");
        name(FIRST, SECOND);
        properties.add("holdfast.load-balancing.services.app-service.dns.servers", DNS::hostAndPort);
    }

    private static void name(BalancedOrigin... origins) {
        DNS.services(
                NAME,
                1,
                Stream.of(origins)
                        .map(origin -> "0 1 %d host.test".formatted(origin.uri().getPort()))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        Stream.of(FIRST, SECOND, THIRD).forEach(BalancedOrigin::stop);
        DNS.close();
    }

    @Test
    void comeAndGoWithoutAFailedRequest() {
        await().until(() -> members() == 2);
        try (ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS)) {
            List<? extends Future<?>> asking = IntStream.range(0, CLIENTS)
                    .mapToObj(_ -> clients.scheduleWithFixedDelay(this::ask, 0, 2, TimeUnit.MILLISECONDS))
                    .toList();
            comeAndGo();
            assertThat(asking).noneMatch(Future::isDone);
        }
        assertThat(failures).isEmpty();
    }

    private void comeAndGo() {
        awaitRequests(FIRST, SECOND);
        name(FIRST, SECOND, THIRD);
        awaitRequests(THIRD);
        name(SECOND, THIRD);
        await().until(() -> members() == 2);
        FIRST.stop();
        awaitRequests(SECOND, THIRD);

        DNS.stop();
        await().pollDelay(OUTAGE).atMost(OUTAGE.plusMinutes(1)).until(() -> members() == 2);
        awaitRequests(SECOND, THIRD);
        DNS.startAgain();
        FIRST.start();
        name(FIRST, SECOND, THIRD);
        awaitRequests(FIRST);
    }

    private int members() {
        return upstreams.find("app-service").orElseThrow().members().size();
    }

    /// Waits until each of them gets requests from now on.
    private static void awaitRequests(BalancedOrigin... origins) {
        for (BalancedOrigin origin : origins) {
            int before = origin.received().size();
            await().atMost(Duration.ofSeconds(30)).until(() -> origin.received().size() > before);
        }
    }

    private void ask() {
        try {
            HttpResponse<String> answer = client.send(request(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                failures.add(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException | InterruptedException e) {
            failures.add(e.toString());
        }
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
    }
}
