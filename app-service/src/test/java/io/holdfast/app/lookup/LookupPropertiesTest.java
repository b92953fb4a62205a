package io.holdfast.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Bound;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LookupPropertiesTest {
    private static final String PREFIX = "holdfast.documents.lookup";

    @Test
    void haveDefaults() {
        assertThat(Bound.to(LookupProperties.class, PREFIX, Map.of()))
                .isEqualTo(new LookupProperties(1_000, 16, DataSize.ofMegabytes(1), 3, Duration.ofSeconds(10)));
    }

    @Test
    void bind() {
        Map<String, String> all = Map.of(
                PREFIX + ".max-ids", "1",
                PREFIX + ".chunk-documents", "2",
                PREFIX + ".chunk-size", "3KB",
                PREFIX + ".chunks-in-flight", "4",
                PREFIX + ".chunk-timeout", "5s");
        assertThat(Bound.to(LookupProperties.class, PREFIX, all))
                .isEqualTo(new LookupProperties(1, 2, DataSize.ofKilobytes(3), 4, Duration.ofSeconds(5)));
    }
}
