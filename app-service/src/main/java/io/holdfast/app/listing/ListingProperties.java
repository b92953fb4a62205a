package io.holdfast.app.listing;

import io.holdfast.storage.api.Outcome;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How documents are listed.
 *
 * @param defaultLimit documents in a page where the request names no limit
 * @param maxSize bytes of documents after which a page ends before its limit
 * @param scanDocuments documents asked of the storage at once
 * @param scanSize bytes of documents to ask for at once, judged by the page before
 * @param pageTimeout what one read of the storage may take in an export
 * @param retryFor how long an export tries again to read on before it gives up
 */
@Validated
@ConfigurationProperties("holdfast.documents.listing")
record ListingProperties(
        @Min(1) @Max(1_000) @DefaultValue("100") int defaultLimit,
        @DefaultValue("8MB") DataSize maxSize,
        @Min(1) @Max(1_000) @DefaultValue("500") int scanDocuments,
        @DefaultValue("1MB") DataSize scanSize,
        @DurationMin(millis = 1) @DefaultValue("10s") Duration pageTimeout,
        @DurationMin(millis = 0) @DefaultValue("15s") Duration retryFor) {
    /// How many documents to ask for behind a page.
    int scanDocumentsAfter(Outcome.Page page) {
        long bytes = page.records().stream()
                .mapToLong(stored -> stored.content().bytes().length)
                .sum();
        long fitting = scanSize.toBytes() * page.records().size() / Math.max(1, bytes);
        return bytes == 0 ? scanDocuments : Math.clamp(fitting, 1, scanDocuments);
    }
}
