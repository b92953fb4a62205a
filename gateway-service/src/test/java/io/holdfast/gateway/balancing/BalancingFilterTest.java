package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.balancing.Failure;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.WriteDurability;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/// What a request and its answer are on the other side of the balancing, and what the client is told where no
/// instance can help.
@TestPropertySource(
        properties = {
            "holdfast.load-balancing.probe.interval=10m",
            "holdfast.load-balancing.services.app-service.strategy=round-robin",
            "holdfast.load-balancing.services.app-service.slow-start=0",
            "holdfast.load-balancing.services.app-service.ejection.most-ejected=0",
            "holdfast.load-balancing.services.app-service.retry.patience=2s",
            "holdfast.load-balancing.services.app-service.retry.attempt-timeout=300ms"
        })
@Timeout(240)
class BalancingFilterTest extends TwoInstances {
    private final ReplayMemory memory;

    BalancingFilterTest(@Autowired ReplayMemory memory) {
        this.memory = memory;
    }

    @Test
    void takesTurns() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
        }
        assertThat(FIRST.received()).hasSize(2);
        assertThat(SECOND.received()).hasSize(2);
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
        long before = failures(Failure.REFUSED);
        FIRST.answers(503, WriteDurability.HEADER, "applied");
        SECOND.answers(503, WriteDurability.HEADER, "applied");
        assertThat(send("PUT", "/", "body").body()).isEqualTo("applied");
        assertThat(FIRST.received().size() + SECOND.received().size()).isEqualTo(1);
        assertThat(failures(Failure.REFUSED)).isEqualTo(before);
    }

    @Test
    void endsByTheDeadline() throws Exception {
        FIRST.behaves(BalancedOrigin.SILENT);
        SECOND.behaves(BalancedOrigin.SILENT);
        for (String method : List.of("GET", "POST")) {
            HttpRequest request = to("/").method(method, BodyPublishers.ofString("body"))
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
    void letsGoOfEverythingWhenTheClientLeaves() {
        FIRST.behaves(BalancedOrigin.SILENT);
        SECOND.behaves(BalancedOrigin.SILENT);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(to("/").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());
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

    private long failures(Failure kind) {
        return upstream().members().stream()
                .mapToLong(instance -> instance.failures(kind))
                .sum();
    }
}
