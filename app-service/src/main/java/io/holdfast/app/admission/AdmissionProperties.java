package io.holdfast.app.admission;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one process takes on at once.
 *
 * @param requests requests being served; one more is answered 503 at once
 * @param listings pages of listings and reads of many documents among them; one more waits for its turn
 * @param transfers imports and exports among them; one more waits for its turn
 * @param memory bytes of large documents in memory, their copies included; what comes beyond waits for its turn
 */
@Validated
@ConfigurationProperties("holdfast.admission")
record AdmissionProperties(
        @Min(1) @Max(100_000) @DefaultValue("512") int requests,
        @Min(1) @Max(1_000) @DefaultValue("8") int listings,
        @Min(1) @Max(1_000) @DefaultValue("8") int transfers,
        @DefaultValue("48MB") DataSize memory) {
    AdmissionProperties {
        if (memory.compareTo(DataSize.ofMegabytes(8)) < 0 || memory.compareTo(DataSize.ofGigabytes(64)) > 0) {
            throw new IllegalArgumentException("holdfast.admission.memory must be 8MB to 64GB, not " + memory);
        }
    }
}
