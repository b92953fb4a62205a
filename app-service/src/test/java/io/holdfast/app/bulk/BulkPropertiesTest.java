package io.holdfast.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Bound;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BulkPropertiesTest {
    private static final String PREFIX = "holdfast.documents.bulk";

    @Test
    void haveDefaults() {
        assertThat(Bound.to(BulkProperties.class, PREFIX, Map.of()))
                .isEqualTo(new BulkProperties(
                        DataSize.ofGigabytes(1), 500, DataSize.ofMegabytes(1), 4, Duration.ofSeconds(10), 1_000));
    }

    @Test
    void bind() {
        Map<String, String> all = Map.of(
                PREFIX + ".max-size", "1KB",
                PREFIX + ".batch-documents", "2",
                PREFIX + ".batch-size", "3KB",
                PREFIX + ".batches-in-flight", "4",
                PREFIX + ".batch-timeout", "5s",
                PREFIX + ".max-failures", "6");
        assertThat(Bound.to(BulkProperties.class, PREFIX, all))
                .isEqualTo(new BulkProperties(
                        DataSize.ofKilobytes(1), 2, DataSize.ofKilobytes(3), 4, Duration.ofSeconds(5), 6));
    }
}
