package io.holdfast.app.document;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of a document.
 *
 * @param maxSize bytes a document may have, 1KB to 8MB
 * @param maxDepth how many objects and arrays may stand in each other
 * @param maxTimeToLive the longest time to live that a write may ask for
 */
@Validated
@ConfigurationProperties("holdfast.documents")
record DocumentsProperties(
        @DefaultValue("1MB") DataSize maxSize,
        @Min(1) @Max(5_000) @DefaultValue("500") int maxDepth,
        @DurationMin(seconds = 1) @DefaultValue("3650d") Duration maxTimeToLive) {
    DocumentsProperties {
        if (maxSize.compareTo(DataSize.ofKilobytes(1)) < 0 || maxSize.compareTo(DataSize.ofMegabytes(8)) > 0) {
            throw new IllegalArgumentException("holdfast.documents.max-size must be 1KB to 8MB, not " + maxSize);
        }
    }
}
