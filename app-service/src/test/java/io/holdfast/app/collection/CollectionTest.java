package io.holdfast.app.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CollectionTest extends AppServiceTest {
    private static final String COLLECTIONS = "/api/v1/collections";

    @Test
    void areNamedWithTheirCounts() throws IOException {
        assertThat(client.get(COLLECTIONS).text()).isEqualTo("{\"collections\":[]}");
        client.put(COLLECTIONS + "/b/documents/1", "1");
        client.put(COLLECTIONS + "/a.b-c_d/documents/1", "1");
        client.put(COLLECTIONS + "/a.b-c_d/documents/2", "1");
        assertThat(client.get(COLLECTIONS).text())
                .isEqualTo("{\"collections\":[{\"name\":\"a.b-c_d\",\"count\":2},{\"name\":\"b\",\"count\":1}]}");
        assertThat(client.get(COLLECTIONS + "/a.b-c_d").text()).isEqualTo("{\"name\":\"a.b-c_d\",\"count\":2}");
    }

    @Test
    void manyAreCountedToo() throws IOException {
        for (int i = 0; i < 120; i++) {
            client.put(COLLECTIONS + "/c" + i + "/documents/1", "1");
        }
        assertThat(client.get(COLLECTIONS).json().path("collections").size()).isEqualTo(120);
    }

    @Test
    void endWithAllTheirDocuments() throws IOException {
        client.put(DOCUMENTS + "/1", "1");
        assertThat(client.send("DELETE", COLLECTIONS + "/things", null).status())
                .isEqualTo(204);
        assertThat(client.get(DOCUMENTS + "/1").status()).isEqualTo(404);
        assertThat(client.get(COLLECTIONS + "/things").problem()).isEqualTo("collection-not-found");
        assertThat(client.send("DELETE", COLLECTIONS + "/things", null).problem())
                .isEqualTo("collection-not-found");
    }

    @Test
    void aFailedCountIsAProblem() throws IOException {
        client.put(DOCUMENTS + "/1", "1");
        store.intercept(operation -> operation instanceof Operation.Count
                ? new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "No primary.")
                : null);
        assertThat(client.get(COLLECTIONS).problem()).isEqualTo("storage-unavailable");
        assertThat(client.get(COLLECTIONS + "/things").problem()).isEqualTo("storage-unavailable");
    }
}
