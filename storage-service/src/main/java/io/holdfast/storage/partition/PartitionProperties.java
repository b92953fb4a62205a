package io.holdfast.storage.partition;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the storage is divided.
 *
 * @param partitions into how many partitions, 1 to 1,024; no more primaries than this can share the data. It is fixed
 *     by the first start on an empty Redis, and another value is refused from then on
 */
@Validated
@ConfigurationProperties("holdfast.storage")
public record PartitionProperties(
        @DefaultValue("48") @Min(1) @Max(1024) int partitions) {}
