package io.holdfast.storage.lineage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How failovers are noticed, and the writes remembered that may be lost by them.
 *
 * @param interval the pause between two looks at all partitions, at least 100 ms
 * @param timeout how long one look may take, at least 100 ms
 * @param confirmWithin how long replicas may take to confirm that a primary is theirs when it is asked what became of
 *     writes, at least 100 ms; at most half of a request's time
 * @param rememberedWrites the most acknowledged writes that are remembered for each partition and incarnation of its
 *     primary, 1 to 1,000,000; each takes 8 bytes
 */
@Validated
@ConfigurationProperties("holdfast.storage.lineage")
public record LineageProperties(
        @DefaultValue("5s") @DurationMin(millis = 100) Duration interval,
        @DefaultValue("3s") @DurationMin(millis = 100) Duration timeout,
        @DefaultValue("3s") @DurationMin(millis = 100) Duration confirmWithin,
        @DefaultValue("4096") @Min(1) @Max(1_000_000) int rememberedWrites) {}
