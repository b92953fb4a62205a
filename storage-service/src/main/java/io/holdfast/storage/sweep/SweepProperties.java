package io.holdfast.storage.sweep;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How expired records, and those of dropped namespaces, are taken out.
 *
 * @param interval the pause between two sweeps, at least 100 ms
 * @param recordsPerStep the most records one script looks at, 1 to 10,000; more hold a primary up longer
 * @param stepsPerSweep the most steps of one sweep in one partition, at least 1
 * @param abandonedAfter how old a drop must be before others complete it, at least 1 s
 */
@Validated
@ConfigurationProperties("holdfast.storage.sweep")
public record SweepProperties(
        @DefaultValue("1s") @DurationMin(millis = 100) Duration interval,
        @DefaultValue("500") @Min(1) @Max(10_000) int recordsPerStep,
        @DefaultValue("20") @Min(1) int stepsPerSweep,
        @DefaultValue("3s") @DurationMin(seconds = 1) Duration abandonedAfter) {}
