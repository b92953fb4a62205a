package io.holdfast.gateway.stream;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Event streams and WebSockets.
 *
 * @param quietTime longest time in which nothing passes; then a stream ends. Services that have less to say send
 *     comments or pings
 * @param frameSize largest frame of a WebSocket, up to 64 MB; a message may have any number of frames
 */
@Validated
@ConfigurationProperties("holdfast.gateway.streams")
public record StreamProperties(
        @DefaultValue("10m") @DurationMin(millis = 1) @DurationMax(days = 1)
        Duration quietTime,

        @DefaultValue("1MB") DataSize frameSize) {
    private static final DataSize LARGEST_FRAME = DataSize.ofMegabytes(64);

    public StreamProperties {
        if (frameSize.toBytes() < 1 || frameSize.compareTo(LARGEST_FRAME) > 0) {
            throw new IllegalArgumentException("holdfast.gateway.streams.frame-size is %s; it must be 1B to %s"
                    .formatted(frameSize, LARGEST_FRAME));
        }
    }
}
