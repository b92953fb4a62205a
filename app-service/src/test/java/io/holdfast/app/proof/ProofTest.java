package io.holdfast.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.consistency.SessionHeader;
import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest extends AppServiceTest {
    private static final String DOCUMENT = DOCUMENTS + "/a";
    private static final String VERIFY = "/api/v1/receipts:verify";
    private static final String WANTED = "Holdfast-Receipt: true";
    private static final Origin ORIGIN = new Origin(7, 0x1122334455667788L);
    private static final Reached REACHED = new Reached(Durability.REPLICATED, 1);

    private void writesReach(long version) {
        store.intercept(operation -> switch (operation) {
            case Operation.Put _ -> new Outcome.Stored(version, false, REACHED, ORIGIN);
            case Operation.Delete _ -> new Outcome.Removed(version, REACHED, ORIGIN);
            default -> null;
        });
    }

    @Test
    void everyKindOfWriteGivesAReceiptAndASession() throws IOException {
        client.put(DOCUMENT, "{}");
        writesReach(42);

        List<Answer> answers = List.of(
                client.put(DOCUMENT, "{}", WANTED),
                client.put(DOCUMENT, "{}", WANTED, "If-None-Match: *"),
                client.post(DOCUMENTS, "application/json", "{}", WANTED),
                client.patch(DOCUMENT, "{\"a\":1}", WANTED),
                client.send("DELETE", DOCUMENT, null, WANTED));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
            assertThat(answer.header(Proofs.RECEIPT)).hasSize(Receipts.LENGTH);
            assertThat(answer.header(SessionHeader.NAME)).isNotBlank();
        });
    }

    @Test
    void givesNoReceiptUnasked() throws IOException {
        writesReach(42);

        assertThat(client.put(DOCUMENT, "{}").header(Proofs.RECEIPT)).isNull();
        assertThat(client.put(DOCUMENT, "{}", "Holdfast-Receipt: false").header(Proofs.RECEIPT))
                .isNull();
        assertThat(client.put(DOCUMENT, "{}").header(SessionHeader.NAME)).isNotBlank();
    }

    @Test
    void aWriteThatIsNotDurableGivesBothToo() throws IOException {
        store.intercept(operation -> operation instanceof Operation.Put
                ? new Outcome.Unconfirmed(42, Durability.REPLICATED, Reached.MEMORY, ORIGIN)
                : null);

        Answer answer = client.put(DOCUMENT, "{}", WANTED);

        assertThat(answer.problem()).isEqualTo("applied-not-durable");
        assertThat(answer.header(Proofs.RECEIPT)).hasSize(Receipts.LENGTH);
        assertThat(answer.header(SessionHeader.NAME)).isNotBlank();
    }

    @Test
    void aReplayGivesAReceiptOfTheFirstWrite() throws IOException {
        writesReach(42);
        String key = "Idempotency-Key: k";
        Answer first = client.put(DOCUMENT, "{}", WANTED, key);
        writesReach(43);

        Answer second = client.put(DOCUMENT, "{}", WANTED, key);

        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header(Proofs.RECEIPT)).isEqualTo(first.header(Proofs.RECEIPT));
    }

    @Test
    void tellsWhatBecameOfEachReceipt() throws IOException {
        writesReach(42);
        String survived = client.put(DOCUMENT, "{}", WANTED).header(Proofs.RECEIPT);
        writesReach(43);
        String lost = client.put(DOCUMENT, "{}", WANTED).header(Proofs.RECEIPT);
        writesReach(44);
        String failed = client.put(DOCUMENT, "{}", WANTED).header(Proofs.RECEIPT);
        store.intercept(operation -> {
            if (!(operation instanceof Operation.Verify(Origin origin, long version)) || !origin.equals(ORIGIN)) {
                return null;
            }
            return version == 42
                    ? new Outcome.Fate(Outcome.Fate.State.SURVIVED, "there")
                    : version == 43
                            ? new Outcome.Fate(Outcome.Fate.State.LOST, "gone")
                            : new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "out of reach");
        });

        Answer answer = verify("\"%s\",\"no \\\"receipt\",\"%s\",\"%s\"".formatted(survived, lost, failed));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.text())
                .startsWith("{\"results\":[{\"receipt\":\"" + survived
                        + "\",\"state\":\"survived\",\"partition\":7,\"version\":42,\"level\":\"replicated\",\"detail\":\"there\"},"
                        + "{\"receipt\":\"no \\\"receipt\",\"state\":\"invalid\",\"detail\":");
        assertThat(answer.json().at("/results/2/state").asString()).isEqualTo("lost");
        assertThat(answer.json().at("/results/3/state").asString()).isEqualTo("unknown");
        assertThat(answer.json().at("/results/3/detail").asString()).isEqualTo("out of reach");
    }

    private Answer verify(String receipts) throws IOException {
        return client.post(VERIFY, "application/json", "{\"receipts\":[" + receipts + "]}");
    }

    @Test
    void takesAThousandReceiptsAndNoMore() throws IOException {
        assertThat(verify("").text()).isEqualTo("{\"results\":[]}");
        assertThat(verify(String.join(",", Collections.nCopies(1_000, "\"x\""))).status())
                .isEqualTo(200);

        Answer more = verify(String.join(",", Collections.nCopies(1_001, "\"x\"")));
        assertThat(more.problem()).isEqualTo("malformed-request");
        assertThat(more.detail()).contains("1,000");
        Answer large = verify("\"" + "x".repeat(300_000) + "\"");
        assertThat(large.problem()).isEqualTo("body-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"receipts\":1}",
                "{\"receipts\":[1]}",
                "{\"receipts\":[]",
                "{\"receipts\":[],\"a\":1}"
            })
    void refusesWhatIsNoList(String body) throws IOException {
        Answer answer = client.post(VERIFY, "application/json", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
    }

    @Test
    void refusesAnotherWishForAReceiptBeforeItWrites() throws IOException {
        Answer answer = client.put(DOCUMENT, "{}", "Holdfast-Receipt: yes");

        assertThat(answer.problem()).isEqualTo("invalid-parameter");
        assertThat(answer.detail()).contains("'yes'", "true or false");
        assertThat(store.stored("things", "a")).isNull();
    }

    @Test
    void addsEachWriteToTheSession() throws IOException {
        writesReach(42);
        String session = client.put(DOCUMENT, "{}").header(SessionHeader.NAME);
        store.intercept(operation ->
                operation instanceof Operation.Delete ? new Outcome.Removed(50, REACHED, new Origin(9, 1)) : null);

        Answer answer = client.send("DELETE", DOCUMENT, null, "Holdfast-Session: " + session);
        client.get(
                DOCUMENT, "Holdfast-Consistency: eventual", "Holdfast-Session: " + answer.header(SessionHeader.NAME));

        assertThat(store.executed())
                .last()
                .isInstanceOfSatisfying(
                        Operation.Get.class,
                        get -> assertThat(get.consistency().toString()).contains("7=42", "9=50"));
    }
}
