package io.holdfast.gateway.connection;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What clients may use up.
 *
 * @param connections client connections open at a time; further ones are answered 503 and closed
 * @param requests requests under way at a time; further ones are answered 503. Probes are exempt
 * @param pipelinedRequests requests that may wait on one connection behind the one under way
 * @param bodySize largest request body; a little more than the largest document
 * @param bulkBodySize largest body of a bulk write
 * @param requestTime time a request may take as a whole
 * @param streamTime time a bulk write or a listing as NDJSON may take as a whole
 * @param headTime time from the first to the last byte of a request head
 * @param bodyQuietTime longest time without a byte while a body is expected
 * @param drainSize bytes of an unwanted body that are read, so that its sender gets to read the answer
 * @param drainTime time spent on that
 * @param leaveTime time that clients have to leave before the gateway stops; it does as soon as all have left
 */
@Validated
@ConfigurationProperties("holdfast.gateway.limits")
public record ConnectionLimits(
        @DefaultValue("4096") @Positive int connections,
        @DefaultValue("1024") @Positive int requests,
        @DefaultValue("16") @PositiveOrZero int pipelinedRequests,
        @DefaultValue("1088KB") DataSize bodySize,
        @DefaultValue("64MB") DataSize bulkBodySize,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration requestTime,

        @DefaultValue("10m") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration streamTime,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration headTime,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration bodyQuietTime,

        @DefaultValue("128MB") DataSize drainSize,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration drainTime,

        @DefaultValue("2s") @DurationMin @DurationMax(minutes = 5)
        Duration leaveTime) {

    @AssertTrue(message = "bodySize and bulkBodySize must be at least 1 byte, drainSize must not be negative")
    boolean isSizesInRange() {
        return bodySize.toBytes() > 0 && bulkBodySize.toBytes() > 0 && !drainSize.isNegative();
    }
}
