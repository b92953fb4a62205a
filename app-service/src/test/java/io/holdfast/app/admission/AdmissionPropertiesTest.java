package io.holdfast.app.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.app.testing.Bound;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AdmissionPropertiesTest {
    private static final String PREFIX = "holdfast.admission";

    @Test
    void haveDefaults() {
        assertThat(Bound.to(AdmissionProperties.class, PREFIX, Map.of()))
                .isEqualTo(new AdmissionProperties(512, 8, 8, DataSize.ofMegabytes(48)));
    }

    @Test
    void bind() {
        Map<String, String> all = Map.of(
                PREFIX + ".requests",
                "1",
                PREFIX + ".listings",
                "2",
                PREFIX + ".transfers",
                "3",
                PREFIX + ".memory",
                "9MB");
        assertThat(Bound.to(AdmissionProperties.class, PREFIX, all))
                .isEqualTo(new AdmissionProperties(1, 2, 3, DataSize.ofMegabytes(9)));
        assertThatThrownBy(() -> Bound.to(AdmissionProperties.class, PREFIX, Map.of(PREFIX + ".memory", "1MB")))
                .hasRootCauseMessage("holdfast.admission.memory must be 8MB to 64GB, not 1048576B");
    }
}
