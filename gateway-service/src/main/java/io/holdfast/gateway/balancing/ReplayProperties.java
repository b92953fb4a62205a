package io.holdfast.gateway.balancing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much is kept of request bodies, so that they can be sent to another instance. A body that is not kept is streamed,
 * and its request is repeated only while nothing of it was read.
 *
 * @param largestBody the largest body that is kept. A body whose length is not announced is not kept
 * @param memory the most bytes of bodies that are kept at one time
 */
@Validated
@ConfigurationProperties("holdfast.gateway.replay")
record ReplayProperties(
        @DefaultValue("1MB") DataSize largestBody,
        @DefaultValue("32MB") DataSize memory) {
    ReplayProperties {
        if (largestBody.isNegative() || memory.isNegative()) {
            throw new IllegalArgumentException("holdfast.gateway.replay: a size cannot be negative; 0 keeps no body.");
        }
    }
}
