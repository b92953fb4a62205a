package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.Upstreams;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.WriteDurability;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// What a client sees of instances that fail: another one's answer, a pause, or a clear problem.
@SpringBootTest(
        classes = BalancingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=balancing-test",
            "spring.main.web-application-type=reactive",
            "spring.cloud.gateway.server.webflux.global-filter.reactive-load-balancer-client.enabled=false",
            "spring.cloud.gateway.server.webflux.httpclient.connect-timeout=1000",
            "holdfast.load-balancing.probe.interval=10m",
            "holdfast.load-balancing.services.app-service.strategy=round-robin",
            "holdfast.load-balancing.services.app-service.slow-start=0",
            "holdfast.load-balancing.services.app-service.budget.reserve=1000", // most requests here fail once
            "holdfast.load-balancing.services.app-service.ejection.most-ejected=0",
            "holdfast.load-balancing.services.app-service.retry.patience=2s",
            "holdfast.load-balancing.services.app-service.retry.attempt-timeout=300ms",
            "holdfast.gateway.balancing.routes.knows-operations.operation-ids=true"
        })
@Timeout(240)
class BalancingFilterTest {
    private static final BalancedOrigin FIRST = new BalancedOrigin();
    private static final BalancedOrigin SECOND = new BalancedOrigin();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Upstream upstream;
    private final ReplayMemory memory;
    private final int port;

    BalancingFilterTest(@Autowired Upstreams upstreams, @Autowired ReplayMemory memory, @LocalServerPort int port) {
        this.upstream = upstreams.find("app-service").orElseThrow();
        this.memory = memory;
        this.port = port;
    }

    @DynamicPropertySource
    static void instances(DynamicPropertyRegistry properties) {
        FIRST.start();
        SECOND.start();
        properties.add(
                "holdfast.load-balancing.services.app-service.instances", () -> FIRST.uri() + "," + SECOND.uri());
    }

    @BeforeEach
    void bothWell() {
        FIRST.reset();
        SECOND.reset();
        allHealthy();
    }

    @AfterAll
    static void stop() {
        FIRST.stop();
        SECOND.stop();
    }

    @Test
    void takesTurns() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
        }
        assertThat(FIRST.received()).hasSize(2);
        assertThat(SECOND.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"})
    void hidesAnInstanceThatIsGone(String method) throws Exception {
        FIRST.stop();
        for (int i = 0; i < 4; i++) {
            allHealthy();
            assertThat(send(method, "/", "body").statusCode()).isEqualTo(200);
        }
        assertThat(SECOND.received())
                .hasSize(4)
                .allSatisfy(received -> assertThat(received.body()).isEqualTo("body"));
        assertThat(upstream.live()).hasSize(1);
    }

    @Test
    void hidesAnInstanceThatIsGoneFromAStreamedBody() throws Exception {
        FIRST.stop();
        for (int i = 0; i < 2; i++) {
            allHealthy();
            assertThat(send("POST", "/", streamed("streamed")).statusCode()).isEqualTo(200);
        }
        assertThat(SECOND.received())
                .hasSize(2)
                .allSatisfy(received -> assertThat(received.body()).isEqualTo("streamed"));
    }

    static Stream<BalancedOrigin.Behaviour> troubles() {
        return Stream.of(
                BalancedOrigin.SILENT,
                BalancedOrigin.CLOSES,
                BalancedOrigin.CLOSES_WITHIN_HEADERS,
                BalancedOrigin.GARBAGE,
                response -> response.status(503).send());
    }

    @Test
    void asksAnotherInstanceWhatCanBeAskedTwice() throws Exception {
        String large = "0123456789".repeat(20_000);
        for (BalancedOrigin.Behaviour trouble : troubles().toList()) {
            bothWell();
            FIRST.behaves(trouble);
            for (int i = 0; i < 2; i++) {
                assertThat(send("GET", "/", "").body()).isEqualTo("well");
                assertThat(send("PUT", "/", large).body()).isEqualTo("well");
            }
            assertThat(FIRST.received()).isNotEmpty();
            assertThat(SECOND.received())
                    .filteredOn(received -> received.method().equals("PUT"))
                    .hasSize(2)
                    .allSatisfy(received -> assertThat(received.body()).isEqualTo(large));
        }
        assertThat(memory.used()).isZero();
    }

    @Test
    void sendsNothingTwiceThatMayHaveBeenExecuted() throws Exception {
        FIRST.behaves(BalancedOrigin.CLOSES);
        SECOND.behaves(BalancedOrigin.CLOSES);
        assertProblem(send("POST", "/", "body"), 502, "BAD_GATEWAY");
        assertProblem(send("PATCH", "/", "body"), 502, "BAD_GATEWAY");
        assertProblem(send("PUT", "/", streamed("body")), 502, "BAD_GATEWAY");
        assertThat(FIRST.received().size() + SECOND.received().size()).isEqualTo(3);
    }

    @Test
    void asksAnotherInstanceForAnythingThatAnOperationIdProtects() throws Exception {
        FIRST.behaves(BalancedOrigin.CLOSES);
        for (int i = 0; i < 2; i++) {
            assertThat(send("POST", "/knows-operations", "body").body()).isEqualTo("well");
            assertThat(send("PATCH", "/knows-operations", "body").body()).isEqualTo("well");
        }
        assertThat(FIRST.received()).isNotEmpty();
    }

    @Test
    void passesAnAnswerOnThatNobodyCanBetter() throws Exception {
        FIRST.answers(503, "X-From", "busy");
        SECOND.answers(503, "X-From", "busy");
        for (String method : List.of("POST", "GET")) {
            HttpResponse<String> answer = send(method, "/", "");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("busy");
            assertThat(answer.headers().allValues("X-From")).containsExactly("yes");
        }
    }

    @Test
    void blamesNobodyForAWriteThatTookPlace() throws Exception {
        long before = refusals();
        FIRST.answers(503, WriteDurability.HEADER, "applied");
        SECOND.answers(503, WriteDurability.HEADER, "applied");
        assertThat(send("PUT", "/", "body").body()).isEqualTo("applied");
        assertThat(FIRST.received().size() + SECOND.received().size()).isEqualTo(1);
        assertThat(refusals()).isEqualTo(before);
    }

    @Test
    void leavesNothingOfAnAnswerThatWasReplaced() throws Exception {
        FIRST.answers(503, "X-Busy", "busy");
        SECOND.answers(201, "X-Done", "done");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send("GET", "/", "");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.headers().map()).containsKey("x-done").doesNotContainKey("x-busy");
        }
        assertThat(FIRST.received()).isNotEmpty();
    }

    @Test
    void endsByTheDeadline() throws Exception {
        FIRST.behaves(BalancedOrigin.SILENT);
        SECOND.behaves(BalancedOrigin.SILENT);
        for (String method : List.of("GET", "POST")) {
            HttpRequest request = request(method, "/", BodyPublishers.ofString("body"))
                    .header(Deadline.HEADER, "500")
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertProblem(answer, 504, "DEADLINE_EXCEEDED");
        }
    }

    @Test
    void tellsTheInstanceHowLongItIsWaitedFor() throws Exception {
        send("GET", "/", "");
        send("POST", "/", "body");
        List<BalancedOrigin.Received> received = new ArrayList<>(FIRST.received());
        received.addAll(SECOND.received());
        assertThat(received)
                .allSatisfy(each -> assertThat(each.headers().getInt(Deadline.HEADER))
                        .isBetween(0, each.method().equals("GET") ? 300 : 10_000));
    }

    @Test
    void saysThatNobodyIsThereWhenItsPatienceEnds() throws Exception {
        FIRST.stop();
        SECOND.stop();
        HttpResponse<String> answer = send("POST", "/", "body");
        assertProblem(answer, 503, "SERVICE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void waitsForInstancesThatComeBack() throws Exception {
        FIRST.stop();
        SECOND.stop();
        long before = unreachable();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request("POST", "/", BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());
        await().until(() -> unreachable() - before > 2);
        assertThat(answer).isNotDone();
        SECOND.start();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(SECOND.received())
                .singleElement()
                .satisfies(received -> assertThat(received.body()).isEqualTo("body"));
    }

    @Test
    void doesNotShowThatPooledConnectionsWereClosed() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(send("POST", "/", "body").statusCode()).isEqualTo(200);
        }
        FIRST.stop();
        SECOND.stop();
        FIRST.start();
        SECOND.start();
        for (int i = 0; i < 4; i++) {
            assertThat(send("POST", "/", "body").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void letsGoOfEverythingWhenTheClientLeaves() {
        FIRST.behaves(BalancedOrigin.SILENT);
        SECOND.behaves(BalancedOrigin.SILENT);
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request("POST", "/", BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());
        await().until(() -> FIRST.received().size() + SECOND.received().size() == 1);
        BalancedOrigin busy = FIRST.received().isEmpty() ? SECOND : FIRST;
        int connections = busy.connections();
        assertThat(memory.used()).isEqualTo(4);
        answer.cancel(true);
        await().untilAsserted(() -> assertThat(busy.connections()).isLessThan(connections));
        await().untilAsserted(() -> assertThat(memory.used()).isZero());
    }

    @Test
    void keepsPathAndQueryAsTheyCame() throws Exception {
        String uri = "/a%2Fb/%7B%7D;x/%F0%9F%8C%8D/...?q=%25&r=a+b";
        send("GET", uri, "");
        assertThat(Stream.concat(FIRST.received().stream(), SECOND.received().stream()))
                .singleElement()
                .satisfies(received -> assertThat(received.uri()).isEqualTo(uri));
    }

    @Test
    void saysThatAServiceIsUnknown() throws Exception {
        assertProblem(send("GET", "/unknown", ""), 503, "SERVICE_UNAVAILABLE");
    }

    private void allHealthy() {
        upstream.members().forEach(instance -> upstream.ready(instance, System.nanoTime()));
    }

    private long unreachable() {
        return failures(Failure.UNREACHABLE);
    }

    private long refusals() {
        return failures(Failure.REFUSED);
    }

    private long failures(Failure kind) {
        return upstream.members().stream()
                .mapToLong(instance -> instance.failures(kind))
                .sum();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.body()).isEqualTo(type);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private HttpResponse<String> send(String method, String uri, String body) throws IOException, InterruptedException {
        return send(method, uri, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String method, String uri, BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(request(method, uri, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String uri, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + uri))
                .method(method, body);
    }

    /// A body whose length is not announced.
    private static BodyPublisher streamed(String body) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofString(body));
    }
}
