package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;

/// Instances that restart in turn, under load, with everything as it is by default.
@TestPropertySource(properties = {"holdfast.load-balancing.probe.interval=100ms"})
@Timeout(120)
class RestartsTest extends TwoInstances {
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
        HttpRequest request = to("/").build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
