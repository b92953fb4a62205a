package io.holdfast.app.lookup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How many documents are read in one request.
 *
 * @param maxIds ids a request may name
 * @param chunkDocuments documents asked of the storage at once
 * @param chunkSize bytes of documents to ask for at once, judged by the largest one met so far
 * @param chunksInFlight reads of one request under way at once
 * @param chunkTimeout what one read may take
 */
@Validated
@ConfigurationProperties("holdfast.documents.lookup")
record LookupProperties(
        @Min(1) @Max(10_000) @DefaultValue("1000") int maxIds,
        @Min(1) @Max(16) @DefaultValue("16") int chunkDocuments,
        @DefaultValue("1MB") DataSize chunkSize,
        @Min(1) @Max(64) @DefaultValue("3") int chunksInFlight,
        @DurationMin(millis = 1) @DefaultValue("10s") Duration chunkTimeout) {}
