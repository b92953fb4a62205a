package io.holdfast.app.idempotency;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long requests are known again.
 *
 * @param keptFor how long the answer to a request with an Idempotency-Key is kept
 * @param repeatsKeptFor how long a request without one is known again; longer than the gateway goes on repeating it
 * @param maxKeptDocument the largest document that is kept as the answer to a patch with an Idempotency-Key, up to
 *     64KB. The answer to a repetition carries a larger one only as long as it is unchanged
 */
@Validated
@ConfigurationProperties("holdfast.idempotency")
record IdempotencyProperties(
        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 366)
        Duration keptFor,

        @DefaultValue("2m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration repeatsKeptFor,

        @DefaultValue("4KB") DataSize maxKeptDocument) {
    IdempotencyProperties {
        if (maxKeptDocument.isNegative() || maxKeptDocument.compareTo(DataSize.ofKilobytes(64)) > 0) {
            throw new IllegalArgumentException(
                    "holdfast.idempotency.max-kept-document must be 0B to 64KB, not " + maxKeptDocument);
        }
    }
}
