package io.holdfast.app.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Bound;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.StoredRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ListingPropertiesTest {
    private static final String PREFIX = "holdfast.documents.listing";

    @Test
    void haveDefaults() {
        assertThat(Bound.to(ListingProperties.class, PREFIX, Map.of()))
                .isEqualTo(new ListingProperties(
                        100,
                        DataSize.ofMegabytes(8),
                        500,
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15)));
    }

    @Test
    void bind() {
        Map<String, String> all = Map.of(
                PREFIX + ".default-limit", "1",
                PREFIX + ".max-size", "2KB",
                PREFIX + ".scan-documents", "3",
                PREFIX + ".scan-size", "4KB",
                PREFIX + ".page-timeout", "5s",
                PREFIX + ".retry-for", "6s");
        assertThat(Bound.to(ListingProperties.class, PREFIX, all))
                .isEqualTo(new ListingProperties(
                        1,
                        DataSize.ofKilobytes(2),
                        3,
                        DataSize.ofKilobytes(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6)));
    }

    @Test
    void largeDocumentsAreAskedForInSmallNumbers() {
        ListingProperties properties = Bound.to(ListingProperties.class, PREFIX, Map.of());
        assertThat(properties.scanDocumentsAfter(page(0, 0))).isEqualTo(500);
        assertThat(properties.scanDocumentsAfter(page(10, 150))).isEqualTo(500);
        assertThat(properties.scanDocumentsAfter(page(10, 8 * 1024))).isEqualTo(128);
        assertThat(properties.scanDocumentsAfter(page(1, 2_000_000))).isEqualTo(1);
    }

    private static Outcome.Page page(int records, int size) {
        StoredRecord stored = new StoredRecord("a", 1, 0, new Content(new byte[size], "application/json"));
        List<StoredRecord> all = Collections.nCopies(records, stored);
        return new Outcome.Page(all, "a");
    }
}
