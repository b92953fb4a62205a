package io.holdfast.storage.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Outcome.Fate.State;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Incarnations are single digits here.
class LineageTest {
    private static Lineage lineage(String clock, String... entries) {
        return Lineage.of(
                ascii(clock), Arrays.stream(entries).map(LineageTest::ascii).toList());
    }

    private static byte[] ascii(String text) {
        return text.replaceAll("#(\\d)", "000000000000000$1").getBytes(StandardCharsets.US_ASCII);
    }

    private static State fate(Lineage lineage, int incarnation, long version) {
        return lineage.fate(new Origin(0, incarnation), version).state();
    }

    @Test
    void whatThePrimaryStillHasSurvived() {
        Lineage lineage = lineage("20:#1", ":0:#1:10:0");

        assertThat(fate(lineage, 1, 20)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage, 1, 11)).isEqualTo(State.SURVIVED);
    }

    @Test
    void whatTheSuccessorDidNotGetIsLostWhateverItWroteSince() {
        Lineage lineage = lineage("90:#2", ":0:#1:10:0", "#1:20:#2:30:0");

        assertThat(fate(lineage, 1, 20)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage, 1, 21)).isEqualTo(State.LOST);
        assertThat(fate(lineage, 1, 40)).isEqualTo(State.LOST);
        assertThat(fate(lineage, 2, 40)).isEqualTo(State.SURVIVED);
    }

    /// A repeated write is answered by the primary that inherited it.
    @Test
    void whatWasInheritedSharesTheFateOfWhoShowedIt() {
        Lineage lineage = lineage("90:#3", ":0:#1:10:0", "#1:20:#2:30:0", "#2:50:#3:60:0");

        assertThat(fate(lineage, 2, 15)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage, 3, 15)).isEqualTo(State.SURVIVED);
    }

    @Test
    void anIncarnationThatNobodyKnowsLostEverything() {
        Lineage lineage = lineage("90:#2", ":0:#1:10:0", "#1:20:#2:30:0");

        assertThat(fate(lineage, 7, 15)).isEqualTo(State.LOST);
        assertThat(fate(lineage, 7, 99)).isEqualTo(State.LOST);
    }

    @Test
    void whatCameBeforeTheOldestEntryIsUnknown() {
        Lineage lineage = lineage("90:#4", "#2:50:#3:60:0", "#3:70:#4:80:0");

        assertThat(fate(lineage, 1, 50)).isEqualTo(State.UNKNOWN);
        assertThat(fate(lineage, 2, 50)).isEqualTo(State.UNKNOWN);
        assertThat(fate(lineage, 2, 51)).isEqualTo(State.LOST);
        assertThat(fate(lineage, 7, 51)).isEqualTo(State.LOST);
        assertThat(fate(lineage, 3, 65)).isEqualTo(State.SURVIVED);
    }

    @Test
    void anEmptiedPartitionLostWhatItHad() {
        Lineage again = lineage("90:#1", ":0:#1:50:0");

        assertThat(fate(again, 1, 50)).isEqualTo(State.LOST);
        assertThat(fate(again, 1, 51)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage("0:"), 1, 5)).isEqualTo(State.LOST);
    }

    @Test
    void partitionsMayMoveAwayAndBack() {
        Lineage lineage = lineage("90:#1", ":0:#1:10:0", "#1:20:#2:20:0", "#2:30:#1:30:0");

        assertThat(fate(lineage, 1, 20)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage, 2, 30)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage, 1, 90)).isEqualTo(State.SURVIVED);
        assertThat(fate(lineage, 2, 31)).isEqualTo(State.LOST);
    }

    @Test
    void dataOfABuildThatNotedNothingAreAStart() {
        Lineage before = lineage("20");
        Lineage after = lineage("90:#1", "?:20:#1:30:0");

        assertThat(fate(before, 1, 10)).isEqualTo(State.UNKNOWN);
        assertThat(fate(after, 1, 40)).isEqualTo(State.SURVIVED);
        assertThat(fate(after, 2, 40)).isEqualTo(State.LOST);
    }

    @Test
    void neverSaysSurvivedOfWhatItCannotKnow() {
        assertThat(fate(lineage("90:#1", ":0:#1:10:0"), 0, 20)).isEqualTo(State.UNKNOWN);
        assertThat(fate(lineage("90:#3", ":0:#1:10:0"), 1, 20)).isEqualTo(State.UNKNOWN);
        assertThat(fate(lineage("90:#1"), 1, 20)).isEqualTo(State.UNKNOWN);
    }

    @Test
    void countsWhatIsLostOfWhatIsRemembered() {
        Lineage lineage = lineage("9000:#2", ":0:#1:10:0", "#1:1000:#2:1000:0");
        Acknowledged writes = new Acknowledged(new Origin(0, 1), 100);
        for (long version = 901; version <= 1_050; version++) {
            writes.add(version, version % 2 == 0 ? Durability.MEMORY : Durability.DISK);
        }

        assertThat(writes.lost(lineage)).isEqualTo(Map.of(Durability.MEMORY, 25, Durability.DISK, 25));
    }
}
