package io.holdfast.app.bulk;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How imports are written.
 *
 * @param maxSize bytes a request may have; the lines before the limit are written
 * @param batchDocuments documents that travel to the storage together
 * @param batchSize bytes after which a batch is sent before it has that many documents
 * @param batchesInFlight batches of one request under way at once
 * @param batchTimeout what a batch may take, attempts after failures included
 * @param maxFailures failed lines that an answer lists; it counts all of them
 */
@Validated
@ConfigurationProperties("holdfast.documents.bulk")
record BulkProperties(
        @DefaultValue("1GB") DataSize maxSize,
        @Min(1) @Max(1_000) @DefaultValue("500") int batchDocuments,
        @DefaultValue("1MB") DataSize batchSize,
        @Min(1) @Max(64) @DefaultValue("4") int batchesInFlight,
        @DurationMin(millis = 1) @DefaultValue("10s") Duration batchTimeout,
        @Min(0) @Max(100_000) @DefaultValue("1000") int maxFailures) {}
