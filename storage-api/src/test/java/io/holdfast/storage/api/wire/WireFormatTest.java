package io.holdfast.storage.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Failover;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.Session;
import io.holdfast.storage.api.StoredRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;

class WireFormatTest {
    private static final Namespace CITIES = new Namespace("documents", "cities");
    private static final Content CONTENT =
            new Content(new byte[] {0, -1, 127}, "application/json", Map.of("colour", "blau 🟦"));
    private static final IdempotencyKey KEY =
            new IdempotencyKey("token_-1", "fingerprint", Duration.ofHours(24), "a note");

    @Test
    void everyOperationComesBackAsItWasSent() {
        List<Operation<?>> operations = List.of(
                new Operation.Get(CITIES, "ключ/🦊"),
                new Operation.Get(CITIES, "a", Consistency.LINEARIZABLE),
                new Operation.Get(CITIES, "a", Consistency.eventual(Session.NONE)),
                new Operation.Get(CITIES, "a", Consistency.eventual(new Session(7, Map.of(0, 8L, 47, 1L << 52)))),
                new Operation.Verify(new Origin(47, Long.MIN_VALUE), 1L << 52),
                new Operation.ListFailovers(100),
                new Operation.Put(CITIES, "a", CONTENT, Precondition.NONE),
                new Operation.Put(CITIES, "a", CONTENT, Precondition.ABSENT, Duration.ofMillis(1), Long.MIN_VALUE),
                new Operation.Put(CITIES, "a", new Content(new byte[0], ""), Precondition.PRESENT),
                new Operation.Put(CITIES, "a", CONTENT, Precondition.NONE, null, 7, Durability.MEMORY),
                new Operation.Delete(CITIES, "b", Precondition.version(1L << 52)),
                new Operation.Delete(CITIES, "b", Precondition.NONE, Durability.DISK),
                new Operation.Scan(CITIES, "", null, 1),
                new Operation.Scan(CITIES, "p", "q", 1000),
                new Operation.Count(CITIES),
                new Operation.ListNamespaces("documents"),
                new Operation.DropNamespace(CITIES),
                new Operation.Once(new Operation.Put(CITIES, "a", CONTENT, Precondition.ABSENT), KEY),
                new Operation.Once(new Operation.Delete(CITIES, "a", Precondition.NONE), KEY.withNote("")),
                new Operation.Once(new Operation.DropNamespace(CITIES), KEY),
                new Operation.Once(
                        new Operation.Put(CITIES, "a", CONTENT, Precondition.NONE, null, 7, Durability.DISK), KEY),
                new Operation.Once(new Operation.Delete(CITIES, "a", Precondition.NONE, Durability.MEMORY), KEY),
                new Operation.Recall(CITIES, "a", KEY),
                new Operation.Claim(KEY, "owner", Duration.ofSeconds(10)));

        assertThat(OperationCodec.decode(OperationCodec.encode(operations))).isEqualTo(operations);
    }

    @Test
    void everyOutcomeComesBackAsItWasSent() {
        StoredRecord stored = new StoredRecord("a", 42, StoredRecord.NEVER, CONTENT);
        List<Outcome> outcomes = List.of(
                new Outcome.Found(stored),
                new Outcome.Absent(),
                new Outcome.Stored(1L << 52, true),
                new Outcome.Stored(2, false, new Reached(Durability.REPLICATED, 2)),
                new Outcome.Stored(2, false, Reached.MEMORY, new Origin(0, -1)),
                new Outcome.Removed(3, new Reached(Durability.DISK, 1), new Origin(1023, Long.MAX_VALUE)),
                new Outcome.Unconfirmed(4, Durability.DISK, Reached.MEMORY, new Origin(5, 6)),
                new Outcome.Fate(Outcome.Fate.State.LOST, "why"),
                new Outcome.Failovers(
                        List.of(new Failover(5, null, "b", List.of(), 0), new Failover(4, "a", "b", List.of(1, 2), 3))),
                new Outcome.First(new Outcome.Stored(4, false, Reached.MEMORY, new Origin(1, 2))),
                new Outcome.Removed(3),
                new Outcome.Unconfirmed(4, Durability.DISK, Reached.MEMORY),
                new Outcome.Conflict(Outcome.Conflict.ABSENT),
                new Outcome.Page(List.of(stored, stored), "a"),
                new Outcome.Page(List.of(), null),
                new Outcome.Size(true, 135_233),
                new Outcome.Namespaces(List.of("a", "b")),
                new Outcome.Dropped(false),
                new Outcome.Failed(ProblemType.STORAGE_UNAVAILABLE, "gone"),
                new Outcome.First(new Outcome.Stored(4, false)),
                new Outcome.Repeated(new Outcome.Removed(4), "note 🟦"),
                new Outcome.First(new Outcome.Unconfirmed(5, Durability.DISK, Reached.MEMORY)),
                new Outcome.Repeated(new Outcome.Stored(6, true, new Reached(Durability.REPLICATED, 2)), ""),
                new Outcome.KeyReused(),
                new Outcome.Claimed(),
                new Outcome.Busy());

        assertThat(OutcomeCodec.decode(OutcomeCodec.encode(outcomes))).isEqualTo(outcomes);
    }

    @Test
    void readsWhatKnowsNoLevelsAndSkipsWhatItDoesNotKnowItself() {
        byte[] older = message(out -> out.writeNumber(3).writeNumber(42L).writeBoolean(true));
        byte[] newer = message(out -> {
            out.writeNumber(4)
                    .writeNumber(42L)
                    .writeString("replicated")
                    .writeNumber(2)
                    .writeString("and");
            out.writeStartArray().writeNumber(1).writeEndArray();
        });

        assertThat(OutcomeCodec.decode(older)).containsExactly(new Outcome.Stored(42, true, Reached.MEMORY));
        assertThat(OutcomeCodec.decode(newer))
                .containsExactly(new Outcome.Removed(42, new Reached(Durability.REPLICATED, 2)));
    }

    private static byte[] message(Consumer<JsonGenerator> item) {
        return Cbor.encode(List.of(item), (out, content) -> {
            out.writeStartArray();
            content.accept(out);
            out.writeEndArray();
        });
    }

    @Test
    void onlyWritesTakePlaceOnce() {
        byte[] message = OperationCodec.encode(List.of(new Operation.Once(new Operation.Count(CITIES), KEY)));
        byte[] nested = OutcomeCodec.encode(List.of(new Outcome.First(new Outcome.Busy())));

        assertThatThrownBy(() -> OperationCodec.decode(message)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> OutcomeCodec.decode(nested)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesWhatIsCutShort() {
        byte[] whole = OperationCodec.encode(List.of(new Operation.Put(CITIES, "a", CONTENT, Precondition.NONE)));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OperationCodec.decode(part)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void refusesMoreOperationsThanACallMayCarry() {
        byte[] message = OperationCodec.encode(Collections.nCopies(1001, new Operation.Get(CITIES, "a")));

        assertThatThrownBy(() -> OperationCodec.decode(message))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("1000");
    }
}
