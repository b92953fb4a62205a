package io.holdfast.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Reached;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void saysWhatHoldsOfAllThatWasWritten() {
        Tally tally = new Tally(2);
        assertThat(tally.reached()).isEmpty();
        tally.written(1, new Reached(Durability.REPLICATED, 2));
        tally.written(1, new Reached(Durability.DISK, 1));
        assertThat(tally.reached()).hasValue(new Reached(Durability.REPLICATED, 2));
        tally.written(1, new Reached(Durability.REPLICATED, 1));
        assertThat(tally.reached()).hasValue(new Reached(Durability.REPLICATED, 1));
    }

    @Test
    void countsAllFailuresAndListsTheFirst() throws IOException {
        Tally tally = new Tally(2);
        tally.written(7, Reached.MEMORY);
        for (long line : new long[] {9, 3, 5, 1}) {
            tally.failed(line, "\"" + line, ProblemType.INVALID_ID, "no \"id\"");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tally.write(out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"written\":7,\"failedCount\":4,\"failed\":["
                                + "{\"line\":1,\"id\":\"\\\"1\",\"type\":\"urn:holdfast:problem:invalid-id\",\"detail\":\"no \\\"id\\\"\"},"
                                + "{\"line\":3,\"id\":\"\\\"3\",\"type\":\"urn:holdfast:problem:invalid-id\",\"detail\":\"no \\\"id\\\"\"}]}");
    }
}
