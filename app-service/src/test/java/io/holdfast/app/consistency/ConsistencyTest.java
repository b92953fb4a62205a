package io.holdfast.app.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Session;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";

    private Consistency asked(String... headers) throws IOException {
        client.put(DOCUMENT, "{}");
        assertThat(client.get(DOCUMENT, headers).status()).isEqualTo(200);
        Consistency one = ((Operation.Get) store.executed().getLast()).consistency();
        assertThat(client.post(DOCUMENTS + ":get", "application/json", "{\"ids\":[\"a\"]}", headers)
                        .status())
                .isEqualTo(200);
        assertThat(((Operation.Get) store.executed().getLast()).consistency()).isEqualTo(one);
        return one;
    }

    @Test
    void readsAsCurrentAsTheyAsk() throws IOException {
        Session session = Session.NONE.with(3, 1L << 52);

        assertThat(asked()).isEqualTo(Consistency.STRONG);
        assertThat(asked("Holdfast-Consistency: Strong")).isEqualTo(Consistency.STRONG);
        assertThat(asked("Holdfast-Consistency: linearizable")).isEqualTo(Consistency.LINEARIZABLE);
        assertThat(asked("Holdfast-Consistency: eventual")).isEqualTo(Consistency.eventual(Session.NONE));
        assertThat(asked("Holdfast-Consistency: eventual", "Holdfast-Session: " + SessionHeader.encode(session)))
                .isEqualTo(Consistency.eventual(session));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "quorum", "strong, eventual"})
    void namesWhatThereIsWhereSomethingElseIsAsked(String asked) throws IOException {
        Answer answer = client.get(DOCUMENT, "Holdfast-Consistency: " + asked);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-parameter");
        assertThat(answer.detail()).contains("'" + asked + "'", "strong, linearizable, eventual");
    }

    @Test
    void givesNothingStaleWhereNothingIsConfirmed() throws IOException {
        store.intercept(operation -> operation instanceof Operation.Get
                ? new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "not confirmed")
                : null);

        Answer answer = client.get(DOCUMENT, "Holdfast-Consistency: linearizable");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("storage-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aSessionComesBackAsItWas() {
        Session session = Session.NONE;
        for (int partition = 0; partition < 100; partition++) {
            session = session.with(partition * 10, 1_000_000 + partition);
            assertThat(SessionHeader.decode(SessionHeader.encode(session))).isEqualTo(session);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "garbage", "AgAAAAAAAAAA", "AYAAAAAAAAAA", "AQAAAAAAAAAAAAcA"})
    void refusesASessionThatIsNone(String token) throws IOException {
        assertThatThrownBy(() -> SessionHeader.decode(token)).isInstanceOf(ProblemException.class);
        Answer read = client.get(DOCUMENT, "Holdfast-Consistency: eventual", "Holdfast-Session: " + token);
        Answer write = client.put(DOCUMENT, "{}", "Holdfast-Session: " + token);

        assertThat(read.problem()).isEqualTo("invalid-parameter");
        assertThat(write.problem()).isEqualTo("invalid-parameter");
        assertThat(store.stored("things", "a")).isNull();
        assertThatThrownBy(() -> SessionHeader.decode("A".repeat(10_000))).isInstanceOf(ProblemException.class);
    }
}
