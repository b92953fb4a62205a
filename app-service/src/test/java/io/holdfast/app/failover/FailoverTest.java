package io.holdfast.app.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.storage.api.Failover;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest extends AppServiceTest {
    @Test
    void listsFailoversAsTheStorageKnowsThem() throws IOException {
        store.intercept(_ -> new Outcome.Failovers(List.of(
                new Failover(1_700_000_000_123L, "aa", "bb", List.of(1, 2), 3),
                new Failover(0, null, "aa", List.of(), 0))));

        Answer answer = client.get("/api/v1/failovers");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo(
                        "{\"failovers\":[{\"at\":\"2023-11-14T22:13:20.123Z\",\"from\":\"aa\",\"to\":\"bb\","
                                + "\"partitions\":[1,2],\"lost\":3},"
                                + "{\"at\":\"1970-01-01T00:00:00Z\",\"from\":null,\"to\":\"aa\",\"partitions\":[],\"lost\":0}]}");
        assertThat(store.executed()).containsExactly(new Operation.ListFailovers(100));
    }

    @Test
    void listsNoMoreThanAskedFor() throws IOException {
        client.get("/api/v1/failovers?limit=7");

        assertThat(store.executed()).containsExactly(new Operation.ListFailovers(7));
        assertThat(client.get("/api/v1/failovers?limit=1001").problem()).isEqualTo("invalid-parameter");
        assertThat(client.get("/api/v1/failovers?most=7").problem()).isEqualTo("invalid-parameter");
    }
}
