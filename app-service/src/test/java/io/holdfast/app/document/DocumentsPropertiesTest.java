package io.holdfast.app.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.app.testing.Bound;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class DocumentsPropertiesTest {
    private static final String PREFIX = "holdfast.documents";

    @Test
    void haveDefaults() {
        assertThat(Bound.to(DocumentsProperties.class, PREFIX, Map.of()))
                .isEqualTo(new DocumentsProperties(DataSize.ofMegabytes(1), 500, Duration.ofDays(3650)));
    }

    @Test
    void bind() {
        Map<String, String> all =
                Map.of(PREFIX + ".max-size", "2KB", PREFIX + ".max-depth", "7", PREFIX + ".max-time-to-live", "1h");
        assertThat(Bound.to(DocumentsProperties.class, PREFIX, all))
                .isEqualTo(new DocumentsProperties(DataSize.ofKilobytes(2), 7, Duration.ofHours(1)));
        assertThatThrownBy(() -> Bound.to(DocumentsProperties.class, PREFIX, Map.of(PREFIX + ".max-size", "9MB")))
                .hasRootCauseMessage("holdfast.documents.max-size must be 1KB to 8MB, not 9437184B");
    }
}
