package io.holdfast.storage.operation;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the storage service takes on.
 *
 * @param maxRecordSize the largest content of one record
 * @param maxCallSize the largest body of one call, which may carry many operations
 * @param concurrentCalls the most calls that are executed at once, 1 to 100,000; more are refused
 * @param concurrentBytes the most bytes of calls that are executed at once; a call that would exceed it waits
 */
@Validated
@ConfigurationProperties("holdfast.storage.operations")
public record OperationProperties(
        @DefaultValue("1MB") DataSize maxRecordSize,
        @DefaultValue("18MB") DataSize maxCallSize,
        @DefaultValue("1000") @Min(1) @Max(100_000) int concurrentCalls,
        @DefaultValue("48MB") DataSize concurrentBytes) {
    public OperationProperties {
        requireAtLeast("max-record-size", maxRecordSize, DataSize.ofKilobytes(1));
        requireAtLeast("max-call-size", maxCallSize, maxRecordSize);
        requireAtLeast("concurrent-bytes", concurrentBytes, maxCallSize);
    }

    private static void requireAtLeast(String name, DataSize value, DataSize least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "holdfast.storage.operations.%s is %s; it must be at least %s".formatted(name, value, least));
        }
    }
}
