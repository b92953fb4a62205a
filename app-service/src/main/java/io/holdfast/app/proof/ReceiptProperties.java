package io.holdfast.app.proof;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Receipts of writes.
 *
 * @param secret that seals them, 32 to 512 characters, the same in all app services; not set: the platform's internal
 *     credential. Receipts sealed with another one are invalid
 * @param maxReceipts the most receipts of one request that asks what became of them, 1 to 1,000
 */
@Validated
@ConfigurationProperties("holdfast.receipts")
record ReceiptProperties(
        @Nullable @Size(min = 32, max = 512) String secret,
        @Min(1) @Max(1_000) @DefaultValue("1000") int maxReceipts) {
    /** Names no secret. */
    @Override
    public String toString() {
        return "ReceiptProperties[maxReceipts=%d]".formatted(maxReceipts);
    }
}
