package io.holdfast.app.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.request.OperationId;
import io.holdfast.contract.request.TimeOrderedIds;
import io.holdfast.storage.api.Operation;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Whose a client's key is while a request with it is under way, and afterwards.
class ClaimTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";
    private static final String KEY = "Idempotency-Key: \"k-1\"";
    private static final String JSON = "application/json";

    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random(1));

    @Test
    void refusedRequestFreesItsKey() throws IOException {
        assertThat(client.put(DOCUMENT, "1", KEY, "If-Match: *").status()).isEqualTo(412);
        assertThat(client.patch(DOCUMENT, "{}", KEY).status()).isEqualTo(404);
        assertThat(client.send("DELETE", DOCUMENT, null, KEY).status()).isEqualTo(404);

        Answer answer = client.put(DOCUMENT, "1", KEY);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header(Idempotency.REPLAYED)).isNull();
    }

    @Test
    void saysThatTheFirstIsStillUnderWay() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.intercept(operation -> {
            if (operation instanceof Operation.Once) {
                arrived.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return null;
        });
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first = executor.submit(() -> client.post(DOCUMENTS, JSON, "{}", KEY));
            arrived.await();
            Answer second = client.post(DOCUMENTS, JSON, "{}", KEY);
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.problem()).isEqualTo("idempotency-key-in-use");
            assertThat(second.header("Retry-After")).isEqualTo("1");
            goOn.countDown();
            Answer after = client.post(DOCUMENTS, JSON, "{}", KEY);
            assertThat(after.status()).isEqualTo(201);
            assertThat(after.header("Location")).isEqualTo(first.get().header("Location"));
            assertThat(after.etag()).isEqualTo(first.get().etag());
            assertThat(after.text()).isEqualTo(first.get().text());
        }
        assertThat(store.count("things")).isEqualTo(1);
    }

    @Test
    void ofManyAtOnceOneTakesPlace() throws Exception {
        Set<String> created = new HashSet<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(executor.submit(() -> client.post(DOCUMENTS, JSON, "{}", KEY)));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(201, 409);
                if (answer.get().status() == 201) {
                    created.add(String.valueOf(answer.get().header("Location")));
                }
            }
        }
        assertThat(created).hasSize(1);
        assertThat(store.count("things")).isEqualTo(1);
    }

    @Test
    void takesOverWhatWasAbandoned() throws IOException {
        store.intercept(operation -> {
            if (operation instanceof Operation.Once) {
                throw new IllegalStateException("the service dies here");
            }
            return null;
        });
        assertThat(client.post(DOCUMENTS, JSON, "{}", KEY).status()).isEqualTo(500);
        store.intercept(_ -> null);
        assertThat(client.post(DOCUMENTS, JSON, "{}", KEY).status()).isEqualTo(409);
        store.endLeases();

        assertThat(client.post(DOCUMENTS, JSON, "{}", KEY).status()).isEqualTo(201);
    }

    @Test
    void theGatewaysOwnRepetitionIsNotTakenForASecondRequest() throws IOException {
        String operation = OperationId.HEADER + ": " + ids.next();
        store.intercept(asked -> {
            if (asked instanceof Operation.Once) {
                throw new IllegalStateException("the service dies here");
            }
            return null;
        });
        assertThat(client.post(DOCUMENTS, JSON, "{}", KEY, operation).status()).isEqualTo(500);
        store.intercept(_ -> null);

        assertThat(client.post(DOCUMENTS, JSON, "{}", KEY, operation).status()).isEqualTo(201);
    }
}
