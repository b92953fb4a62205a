package io.holdfast.app.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.app.testing.Bound;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class IdempotencyPropertiesTest {
    private static final String PREFIX = "holdfast.idempotency";

    @Test
    void haveDefaults() {
        assertThat(Bound.to(IdempotencyProperties.class, PREFIX, Map.of()))
                .isEqualTo(new IdempotencyProperties(
                        Duration.ofHours(24), Duration.ofMinutes(2), DataSize.ofKilobytes(4)));
    }

    @Test
    void bind() {
        Map<String, String> all = Map.of(
                PREFIX + ".kept-for", "1h",
                PREFIX + ".repeats-kept-for", "3s",
                PREFIX + ".max-kept-document", "64KB");
        assertThat(Bound.to(IdempotencyProperties.class, PREFIX, all))
                .isEqualTo(new IdempotencyProperties(
                        Duration.ofHours(1), Duration.ofSeconds(3), DataSize.ofKilobytes(64)));
    }

    @Test
    void limitWhatIsKept() {
        assertThatThrownBy(() ->
                        Bound.to(IdempotencyProperties.class, PREFIX, Map.of(PREFIX + ".max-kept-document", "65KB")))
                .hasStackTraceContaining("0B to 64KB");
    }
}
