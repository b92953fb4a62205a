package io.holdfast.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargeDocumentTest extends AppServiceTest {
    private static final int MOST = 1_048_576;

    @Test
    void exactlyTheMostIsFine() throws IOException {
        byte[] json = BadDocumentTest.json(MOST);
        assertThat(client.put(DOCUMENTS + "/a", json).status()).isEqualTo(201);
        assertThat(client.get(DOCUMENTS + "/a").body()).isEqualTo(json);
    }

    @Test
    void takeTurnsWhereMemoryIsScarce() throws Exception {
        byte[] json = BadDocumentTest.json(MOST);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 80)
                    .mapToObj(i -> executor.submit(() -> {
                        client.put(DOCUMENTS + "/" + i % 4, json);
                        return client.get(DOCUMENTS + "/" + i % 4);
                    }))
                    .toList();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
                assertThat(answer.get().body()).hasSize(MOST);
            }
        }
    }
}
